package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Pod.PodVolume;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a pod's definition. */
public final class PodReader {
    private final Definitions definitions;

    public PodReader(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @throws Problems.Refused if the definition isn't one, or isn't a valid one */
    public App read(JsonNode body) {
        Problems problems = new Problems();
        if (!(body instanceof ObjectNode object)) {
            problems.add("/", body + " is not an object");
            throw new Problems.Refused("Invalid JSON", problems);
        }
        Fields fields = new Fields(object, "", problems);
        if (!fields.has("containers")) {
            problems.add("/containers", "'containers' is undefined on object: " + object);
            throw new Problems.Refused("Invalid JSON", problems);
        }
        App app = read(fields);
        if (!problems.isEmpty()) {
            throw new Problems.Refused("Invalid JSON", problems);
        }
        unsupported(fields);
        PodRules.check(app, problems);
        if (!problems.isEmpty()) {
            throw new Problems.Refused("Object is not valid", problems);
        }
        return app;
    }

    private void unsupported(Fields fields) {
        Unsupported.refuse(fields, List.of("linuxInfo"));
        fields.objects("containers", one -> Unsupported.refuse(one, List.of("linuxInfo")));
        fields.objects("containers", one -> {
            Fields exec = one.object("exec");
            if (exec != null && exec.flag("overrideEntrypoint", false)) {
                Unsupported.refuse(exec, List.of("overrideEntrypoint"));
            }
        });
        boolean secrets = fields.has("secrets")
                || !SecretReader.secretEnv(fields, "environment").isEmpty();
        if (secrets) {
            definitions.require("secrets", "/secrets", fields.problems());
        }
    }

    private App read(Fields fields) {
        AppPath id = AppReader.id(fields, AppPath.ROOT);
        Map<String, String> labels = fields.map("labels");
        List<Network> networks = NetworkReader.networks(fields, "networks", definitions.network());
        Fields scheduling = fields.object("scheduling");
        Fields placed = scheduling == null ? null : scheduling.object("placement");
        Pod pod = new Pod(
                containers(fields), volumes(fields), executor(fields), fields.flag("legacySharedCgroups", false));
        boolean resident = pod.volumes().stream().anyMatch(PodVolume.Persistent.class::isInstance);
        String role = fields.text("role", definitions.roles().apply(id));
        List<String> accepted = placed == null ? List.of() : placed.texts("acceptedResourceRoles");
        return new App(
                id,
                instances(fields),
                new Program(
                        null,
                        List.of(),
                        fields.text("user"),
                        SecretReader.env(fields, "environment"),
                        SecretReader.secretEnv(fields, "environment"),
                        SecretReader.secrets(fields),
                        List.of(),
                        "",
                        false),
                pod.total(),
                new Placement(constraints(placed), accepted.isEmpty() && resident ? List.of("*") : accepted, role),
                ports(pod),
                policy(scheduling, labels, resident),
                List.of(),
                List.of(),
                null,
                null,
                networks,
                pod,
                false,
                labels,
                List.of(),
                Version.NONE,
                VersionInfo.NONE);
    }

    private static int instances(Fields fields) {
        Fields scaling = fields.object("scaling");
        if (scaling == null) {
            return 1;
        }
        if (!scaling.text("kind", "fixed").equals("fixed")) {
            scaling.problems().add(scaling.at("kind"), "error.unknown.enum.literal");
        }
        return scaling.whole("instances", 1, 0, Integer.MAX_VALUE);
    }

    private static Footprint executor(Fields fields) {
        Fields resources = fields.object("executorResources");
        return resources == null
                ? new Footprint(100, 32_000, 10_000, 0)
                : new Footprint(
                        resources.thousandths("cpus", 0.1),
                        resources.thousandths("mem", 32),
                        resources.thousandths("disk", 10),
                        0);
    }

    /** Host ports of all containers in order, as the offers' matching sees them. */
    private static Ports ports(Pod pod) {
        List<PortDefinition> definitions = new ArrayList<>();
        for (Pod.Endpoint endpoint : pod.endpoints()) {
            Integer inside = endpoint.containerPort();
            Integer host = inside == null ? Objects.requireNonNullElse(endpoint.hostPort(), 0) : endpoint.hostPort();
            definitions.add(new PortDefinition(
                    0,
                    String.join(",", endpoint.protocols().isEmpty() ? List.of("tcp") : endpoint.protocols()),
                    endpoint.name(),
                    endpoint.labels(),
                    new PortDefinition.Mapping(inside == null ? 0 : inside, host, endpoint.networkNames())));
        }
        return new Ports(definitions, false);
    }

    private static Policy policy(@Nullable Fields scheduling, Map<String, String> labels, boolean resident) {
        Fields backoff = scheduling == null ? null : scheduling.object("backoff");
        Fields upgrade = scheduling == null ? null : scheduling.object("upgrade");
        return new Policy(
                backoff == null
                        ? Policy.Backoff.DEFAULT
                        : new Policy.Backoff(
                                backoff.real("backoff", 1, 0, Integer.MAX_VALUE),
                                backoff.real("backoffFactor", 1.15, 0, Integer.MAX_VALUE),
                                backoff.real("maxLaunchDelay", 300, 0, Integer.MAX_VALUE)),
                upgrade(upgrade, labels, resident),
                scheduling == null
                        ? resident ? null : Policy.UnreachableStrategy.DEFAULT
                        : PolicyReader.unreachable(scheduling, resident),
                scheduling == null
                        ? Policy.KillSelection.YOUNGEST_FIRST
                        : scheduling.choice("killSelection", Policy.KillSelection.YOUNGEST_FIRST),
                null,
                PolicyReader.limits(upgrade),
                false);
    }

    private static Policy.UpgradeStrategy upgrade(
            @Nullable Fields upgrade, Map<String, String> labels, boolean resident) {
        Policy.UpgradeStrategy otherwise = PolicyReader.upgrade(null, labels, resident);
        return upgrade == null
                ? otherwise
                : new Policy.UpgradeStrategy(
                        upgrade.real("minimumHealthCapacity", otherwise.minimumHealthCapacity(), 0, 1),
                        upgrade.real("maximumOverCapacity", otherwise.maximumOverCapacity(), 0, 1));
    }

    private static List<Constraint> constraints(@Nullable Fields placement) {
        List<Constraint> constraints = new ArrayList<>();
        if (placement != null) {
            placement.objects("constraints", one -> {
                Constraint constraint =
                        AppReader.constraint(one.required("fieldName"), one.required("operator"), one.text("value"));
                if (constraint == null) {
                    one.problems().add(one.at("operator"), "error.unknown.enum.literal");
                } else {
                    constraints.add(constraint);
                }
            });
        }
        return constraints;
    }

    private static List<PodContainer> containers(Fields fields) {
        List<PodContainer> containers = new ArrayList<>();
        fields.objects("containers", one -> containers.add(PodContainerReader.read(one)));
        return containers;
    }

    private static List<PodVolume> volumes(Fields fields) {
        List<PodVolume> volumes = new ArrayList<>();
        fields.objects("volumes", one -> {
            String name = one.required("name");
            Fields persistent = one.object("persistent");
            if (persistent != null) {
                volumes.add(new PodVolume.Persistent(name, ContainerReader.persistent(name, persistent)));
            } else if (one.has("host")) {
                volumes.add(new PodVolume.Host(name, one.text("host", "")));
            } else if (one.has("secret")) {
                volumes.add(new PodVolume.Secret(name, one.text("secret", "")));
            } else {
                volumes.add(new PodVolume.Ephemeral(name));
            }
        });
        return volumes;
    }
}
