package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Fetch;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
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
    private static final Pattern ARCHIVE =
            Pattern.compile(".*\\.(tar|tar\\.gz|tar\\.bz2|tar\\.xz|gz|tgz|tbz2|txz|zip)$");
    private static final int PORT_MOST = 65_535;
    private static final int URI_MOST = 1_024;

    private final String defaultRole;

    public AppReader(String defaultRole) {
        this.defaultRole = defaultRole;
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
        Unsupported.check(fields, defaultRole);
        operators(fields);
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
        Ports ports = ports(fields);
        return new App(
                id,
                fields.whole("instances", 1, 0, Integer.MAX_VALUE),
                program(fields),
                new Footprint(
                        fields.thousandths("cpus", 1),
                        fields.thousandths("mem", 128),
                        fields.thousandths("disk", 0),
                        fields.whole("gpus", 0, 0, Integer.MAX_VALUE)),
                new Placement(
                        constraints(fields), fields.texts("acceptedResourceRoles"), fields.text("role", defaultRole)),
                ports,
                policy(fields, labels),
                healthChecks(fields),
                labels,
                dependencies,
                Version.NONE,
                VersionInfo.NONE);
    }

    private static AppPath id(Fields fields, AppPath base) {
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

    private static Program program(Fields fields) {
        List<Fetch> fetch = new ArrayList<>();
        fields.objects(
                "fetch",
                one -> fetch.add(new Fetch(
                        uri(one),
                        one.flag("extract", true),
                        one.flag("executable", false),
                        one.flag("cache", false),
                        one.text("destPath"))));
        if (!fields.has("fetch")) {
            fields.texts("uris")
                    .forEach(
                            uri -> fetch.add(new Fetch(uri, ARCHIVE.matcher(uri).matches(), false, false, null)));
        }
        return new Program(
                fields.text("cmd"),
                fields.texts("args"),
                fields.text("user"),
                fields.map("env"),
                fetch,
                fields.text("executor", ""));
    }

    private static String uri(Fields fetch) {
        String uri = fetch.required("uri");
        if (uri.isEmpty() && fetch.has("uri")) {
            fetch.problems().add(fetch.at("uri"), "error.minLength");
        } else if (uri.length() > URI_MOST) {
            fetch.problems().add(fetch.at("uri"), "error.maxLength");
        }
        return uri;
    }

    private static List<Constraint> constraints(Fields fields) {
        List<Constraint> constraints = new ArrayList<>();
        fields.elements("constraints", (node, at) -> {
            if (!node.isArray() || node.size() < 2 || node.size() > 3) {
                fields.problems().add(at, "error.expected.jsarray");
                return;
            }
            Constraint.Operator operator = operator(node.get(1).asString());
            if (operator != null) {
                constraints.add(new Constraint(
                        node.get(0).asString(),
                        operator,
                        node.size() == 3 ? node.get(2).asString() : null));
            }
        });
        return constraints;
    }

    /** An unknown operator is no matter of form to the original, but of meaning. */
    private static void operators(Fields fields) {
        fields.elements("constraints", (node, _) -> {
            if (operator(node.get(1).asString()) == null) {
                fields.problems().add("/constraints", AppRules.UNKNOWN_OPERATOR);
            }
        });
    }

    private static Constraint.@Nullable Operator operator(String text) {
        for (Constraint.Operator operator : Constraint.Operator.values()) {
            if (operator.name().equals(text)) {
                return operator;
            }
        }
        return null;
    }

    private static Ports ports(Fields fields) {
        List<PortDefinition> definitions = new ArrayList<>();
        boolean required = fields.flag("requirePorts", false);
        if (fields.has("portDefinitions")) {
            fields.objects(
                    "portDefinitions",
                    one -> definitions.add(new PortDefinition(
                            one.whole("port", 0, 0, PORT_MOST), protocol(one), one.text("name"), one.map("labels"))));
        } else if (fields.has("ports")) {
            fields.elements("ports", (node, at) -> {
                if (node.isInt() && node.intValue() >= 0 && node.intValue() <= PORT_MOST) {
                    definitions.add(new PortDefinition(node.intValue(), "tcp", null, Map.of()));
                } else {
                    fields.problems().add(at, node.isInt() ? "error.max" : "error.expected.jsnumber");
                }
            });
        } else {
            definitions.add(new PortDefinition(0, "tcp", "default", Map.of()));
        }
        return new Ports(definitions, required);
    }

    private static String protocol(Fields definition) {
        String protocol = definition.text("protocol", "tcp");
        if (!List.of("tcp", "udp", "udp,tcp", "tcp,udp").contains(protocol)) {
            definition.problems().add(definition.at("protocol"), "error.unknown.enum.literal");
        }
        return protocol;
    }

    private static Policy policy(Fields fields, Map<String, String> labels) {
        return new Policy(
                new Policy.Backoff(
                        fields.real("backoffSeconds", 1, 0, Integer.MAX_VALUE),
                        fields.real("backoffFactor", 1.15, 0, Integer.MAX_VALUE),
                        fields.real("maxLaunchDelaySeconds", 300, 0, Integer.MAX_VALUE)),
                upgrade(fields, labels),
                unreachable(fields),
                fields.choice("killSelection", Policy.KillSelection.YOUNGEST_FIRST),
                fields.whole("taskKillGracePeriodSeconds", 0, Integer.MAX_VALUE));
    }

    private static Policy.UpgradeStrategy upgrade(Fields fields, Map<String, String> labels) {
        Fields strategy = fields.object("upgradeStrategy");
        if (strategy == null) {
            return "true".equals(labels.get(App.SINGLE_INSTANCE))
                    ? Policy.UpgradeStrategy.SINGLE_INSTANCE
                    : Policy.UpgradeStrategy.DEFAULT;
        }
        double over = strategy.requiredReal("maximumOverCapacity", 0, 1);
        return new Policy.UpgradeStrategy(strategy.requiredReal("minimumHealthCapacity", 0, 1), over);
    }

    private static Policy.@Nullable UnreachableStrategy unreachable(Fields fields) {
        JsonNode node = fields.raw("unreachableStrategy");
        if (node == null) {
            return Policy.UnreachableStrategy.DEFAULT;
        }
        if (node.isString() && node.stringValue().equals("disabled")) {
            return null;
        }
        Fields strategy = fields.object("unreachableStrategy");
        if (strategy == null) {
            return null;
        }
        return new Policy.UnreachableStrategy(
                strategy.whole("inactiveAfterSeconds", 0, 0, Integer.MAX_VALUE),
                strategy.whole("expungeAfterSeconds", 0, 0, Integer.MAX_VALUE));
    }

    private static List<HealthCheck> healthChecks(Fields fields) {
        List<HealthCheck> checks = new ArrayList<>();
        fields.objects("healthChecks", one -> {
            HealthCheck.Protocol protocol = one.choice("protocol", HealthCheck.Protocol.HTTP);
            Fields command = one.object("command");
            Integer port = one.whole("port", 0, PORT_MOST);
            Integer index = one.whole("portIndex", 0, Integer.MAX_VALUE);
            boolean asksPort = protocol != HealthCheck.Protocol.COMMAND;
            checks.add(new HealthCheck(
                    protocol,
                    one.text("path"),
                    asksPort && port == null && index == null ? Integer.valueOf(0) : index,
                    port,
                    command == null ? null : command.text("value"),
                    one.whole("gracePeriodSeconds", 300, 0, Integer.MAX_VALUE),
                    one.whole("intervalSeconds", 60, 0, Integer.MAX_VALUE),
                    one.whole("timeoutSeconds", 20, 0, Integer.MAX_VALUE),
                    one.whole("maxConsecutiveFailures", 3, 0, Integer.MAX_VALUE),
                    one.real("delaySeconds", 15, 0, Integer.MAX_VALUE),
                    one.flag("ignoreHttp1xx", false)));
        });
        return checks;
    }
}
