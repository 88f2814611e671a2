package org.nucleus.marathon.simulation;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;
import org.nucleus.marathon.core.state.Volume;

/** Random definitions that can always be placed in the end: four apps, a daemon, a pod and one with data. */
final class Definitions {
    static final List<AppPath> PATHS = List.of("/a", "/b", "/g/c", "/daemon", "/pod", "/data").stream()
            .map(AppPath::new)
            .toList();
    static final int AGENTS = 5;
    private static final int MOST = 4;

    private final Random random;

    Definitions(Random random) {
        this.random = random;
    }

    App next(AppPath path) {
        boolean resident = path.value().equals("/data");
        Pod pod = path.value().equals("/pod") ? pod() : null;
        boolean checked = pod == null && random.nextInt(3) == 0;
        return new App(
                path,
                random.nextInt(MOST + 1),
                program(),
                pod == null ? new Footprint(200, 32_000, 0, 0) : pod.total(),
                new Placement(
                        constraints(resident || path.value().equals("/daemon")),
                        resident ? List.of("*") : List.of(),
                        "*"),
                pod == null ? new Ports(List.of(port()), false) : new Ports(List.of(), false),
                policy(resident),
                checked ? List.of(check()) : List.of(),
                pod == null && random.nextInt(4) == 0 ? List.of(readiness()) : List.of(),
                null,
                resident ? data() : null,
                List.of(),
                pod,
                path.value().equals("/daemon"),
                Map.of("turn", Integer.toString(random.nextInt(2))),
                path.value().equals("/b") && random.nextBoolean() ? List.of(new AppPath("/a")) : List.of(),
                Version.NONE,
                VersionInfo.NONE);
    }

    private Program program() {
        String cmd = "sleep " + random.nextInt(3);
        return new Program(cmd, List.of(), null, Map.of(), Map.of(), Map.of(), List.of(), "", false);
    }

    private static PortDefinition port() {
        return new PortDefinition(0, "tcp", "http", Map.of());
    }

    private List<Constraint> constraints(boolean anywhere) {
        if (anywhere) {
            return List.of();
        }
        return switch (random.nextInt(6)) {
            case 0 -> List.of(new Constraint("hostname", Constraint.Operator.UNIQUE, null));
            case 1 -> List.of(new Constraint("rack", Constraint.Operator.GROUP_BY, "2"));
            case 2 -> List.of(new Constraint("rack", Constraint.Operator.SPREAD, null));
            case 3 -> List.of(new Constraint("rack", Constraint.Operator.LIKE, "r0", true));
            default -> List.of();
        };
    }

    private Policy policy(boolean resident) {
        double least = random.nextInt(3) / 2.0;
        double over = random.nextInt(3) / 2.0;
        return new Policy(
                new Policy.Backoff(1, 1.15, 5),
                resident ? Policy.UpgradeStrategy.RESIDENT : new Policy.UpgradeStrategy(least, over),
                resident ? null : new Policy.UnreachableStrategy(random.nextInt(10), 10 + random.nextInt(10)),
                random.nextBoolean() ? Policy.KillSelection.YOUNGEST_FIRST : Policy.KillSelection.OLDEST_FIRST,
                null,
                limits(),
                random.nextBoolean());
    }

    private Policy.@Nullable Limits limits() {
        return random.nextInt(3) == 0 ? new Policy.Limits(60, 5, random.nextBoolean()) : null;
    }

    private static HealthCheck check() {
        return new HealthCheck(HealthCheck.Protocol.TCP, null, 0, null, null, 5, 5, 2, 2, 0, false, null);
    }

    private static ReadinessCheck readiness() {
        return new ReadinessCheck("ready", false, "/", "http", 5, 2, List.of(200), false);
    }

    private static Container data() {
        Volume volume = new Volume.Persistent("data", Volume.DiskType.ROOT, 10, null, null, List.of());
        return new Container(Container.Kind.MESOS, null, List.of(volume));
    }

    private static Pod pod() {
        return new Pod(
                List.of(container("one"), container("two")), List.of(), new Footprint(100, 32_000, 10_000, 0), false);
    }

    private static Pod.PodContainer container(String name) {
        return new Pod.PodContainer(
                name,
                "sleep 1",
                List.of(),
                new Footprint(100, 16_000, 0, 0),
                List.of(),
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null,
                false);
    }
}
