package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an app's definition: defaults filled in, old forms taken for new ones, unknown fields ignored. */
public final class AppReader {
    private static final Pattern ID = Pattern.compile(
            "^/?((([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])\\.)*([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])|\\.|\\.\\.)"
                    + "(/((([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])\\.)*([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])|\\.|\\.\\.))*/?$");
    private static final String PREFER = "PREFER_";

    private final Definitions definitions;

    public AppReader(Definitions definitions) {
        this.definitions = definitions;
    }

    /**
     * @param base what a relative id is relative to
     * @throws Problems.Refused if the definition isn't one, or isn't a valid one
     */
    public App read(JsonNode body, AppPath base) {
        Problems problems = new Problems();
        if (!(body instanceof ObjectNode object)) {
            problems.add("/id", body + " is not an object");
            throw new Problems.Refused("Invalid JSON", problems);
        }
        Fields fields = new Fields(object, "", problems);
        App app = read(fields, base);
        if (!problems.isEmpty()) {
            throw new Problems.Refused("Invalid JSON", problems);
        }
        Unsupported.check(fields, definitions);
        operators(fields, "constraints");
        AppRules.check(app, problems);
        if (!problems.isEmpty()) {
            throw new Problems.Refused("Object is not valid", problems);
        }
        return app;
    }

    private App read(Fields fields, AppPath base) {
        AppPath id = id(fields, base);
        Map<String, String> labels = fields.map("labels");
        List<AppPath> dependencies = new ArrayList<>();
        for (String dependency : fields.texts("dependencies")) {
            dependencies.add(id.parent().resolve(dependency));
        }
        Container container = ContainerReader.container(fields);
        List<Network> networks = NetworkReader.networks(fields, definitions.network());
        boolean resident = container != null && !container.persistentVolumes().isEmpty();
        return new App(
                id,
                fields.whole("instances", 1, 0, Integer.MAX_VALUE),
                program(fields),
                footprint(fields, "resourceLimits"),
                placement(fields, id, resident),
                NetworkReader.ports(fields, networks),
                PolicyReader.read(fields, labels, resident),
                CheckReader.healthChecks(fields),
                CheckReader.readinessChecks(fields),
                CheckReader.check(fields.object("check")),
                container,
                networks,
                null,
                fields.flag("daemon", false),
                labels,
                dependencies,
                Version.NONE,
                VersionInfo.NONE);
    }

    static AppPath id(Fields fields, AppPath base) {
        String text = fields.required("id");
        if (text.isEmpty()) {
            if (fields.has("id") && fields.problems().isEmpty()) {
                fields.problems().add("/id", "error.pattern");
            }
            return AppPath.ROOT;
        }
        if (!ID.matcher(text).matches()) {
            fields.problems().add("/id", "error.pattern");
            return AppPath.ROOT;
        }
        return base.resolve(text);
    }

    static Footprint footprint(Fields fields, String limits) {
        Fields most = fields.object(limits);
        return new Footprint(
                fields.thousandths("cpus", 1),
                fields.thousandths("mem", 128),
                fields.thousandths("disk", 0),
                fields.whole("gpus", 0, 0, Integer.MAX_VALUE),
                most == null ? null : limit(most, "cpus"),
                most == null ? null : limit(most, "mem"));
    }

    /** A number, or {@code unlimited}. */
    private static @Nullable Double limit(Fields limits, String name) {
        JsonNode node = limits.raw(name);
        if (node == null) {
            return null;
        }
        return node.isString() && node.stringValue().equals("unlimited")
                ? Double.valueOf(Double.POSITIVE_INFINITY)
                : Double.valueOf(limits.real(name, 0, 0, Integer.MAX_VALUE));
    }

    private Placement placement(Fields fields, AppPath id, boolean resident) {
        String role = fields.text("role", definitions.roles().apply(id));
        return new Placement(constraints(fields, "constraints"), accepted(fields, role, resident), role);
    }

    private List<String> accepted(Fields fields, String role, boolean resident) {
        if (fields.has("acceptedResourceRoles")) {
            return fields.texts("acceptedResourceRoles");
        }
        if (resident) {
            return List.of("*");
        }
        return switch (definitions.rolesAccepted()) {
            case "unreserved" -> List.of("*");
            case "reserved" -> List.of(role);
            default -> List.of();
        };
    }

    private static Program program(Fields fields) {
        return new Program(
                fields.text("cmd"),
                fields.texts("args"),
                fields.text("user"),
                SecretReader.env(fields, "env"),
                SecretReader.secretEnv(fields, "env"),
                SecretReader.secrets(fields),
                FetchReader.read(fields),
                fields.text("executor", ""),
                fields.flag("tty", false));
    }

    static List<Constraint> constraints(Fields fields, String name) {
        List<Constraint> constraints = new ArrayList<>();
        fields.elements(name, (node, at) -> {
            if (!node.isArray() || node.size() < 2 || node.size() > 3) {
                fields.problems().add(at, "error.expected.jsarray");
                return;
            }
            Constraint constraint = constraint(
                    node.get(0).asString(),
                    node.get(1).asString(),
                    node.size() == 3 ? node.get(2).asString() : null);
            if (constraint != null) {
                constraints.add(constraint);
            }
        });
        return constraints;
    }

    /** An unknown operator is no matter of form to the original, but of meaning. */
    static void operators(Fields fields, String name) {
        fields.elements(name, (node, _) -> {
            if (constraint("", node.get(1).asString(), null) == null) {
                fields.problems().add("/constraints", AppRules.UNKNOWN_OPERATOR);
            }
        });
    }

    /** @param text an operator; with {@code PREFER_} before it, its soft form */
    static @Nullable Constraint constraint(String field, String text, @Nullable String value) {
        boolean soft = text.startsWith(PREFER);
        String name = soft ? text.substring(PREFER.length()) : text;
        for (Constraint.Operator operator : Constraint.Operator.values()) {
            if (operator.name().equals(name)) {
                return new Constraint(field, operator, value, soft);
            }
        }
        return null;
    }

    static String operator(Constraint constraint) {
        return (constraint.soft() ? PREFER : "") + constraint.operator().name();
    }
}
