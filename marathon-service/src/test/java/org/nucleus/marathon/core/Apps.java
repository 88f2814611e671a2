package org.nucleus.marathon.core;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;
import org.nucleus.marathon.core.state.Volume;

/** Small apps for tests. */
final class Apps {
    private Apps() {}

    static App app(String id, int instances) {
        return app(id, instances, "sleep 100", List.of());
    }

    static App app(String id, int instances, String cmd, List<AppPath> dependencies) {
        return new App(
                AppPath.of(id),
                instances,
                new Program(cmd, List.of(), null, Map.of("A", "b"), Map.of(), Map.of(), List.of(), "", false),
                new Footprint(100, 16_000, 0, 0),
                new Placement(List.of(), List.of(), "*"),
                new Ports(List.of(new PortDefinition(0, "tcp", "http", Map.of())), false),
                policy(1, 1),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                null,
                false,
                Map.of("tier", "a"),
                dependencies,
                Version.NONE,
                VersionInfo.NONE);
    }

    static Policy policy(double minimumHealth, double maximumOver) {
        return policy(minimumHealth, maximumOver, null, false);
    }

    static Policy policy(
            double minimumHealth, double maximumOver, Policy.@Nullable Limits limits, boolean replacesFirst) {
        return new Policy(
                Policy.Backoff.DEFAULT,
                new Policy.UpgradeStrategy(minimumHealth, maximumOver),
                Policy.UnreachableStrategy.DEFAULT,
                Policy.KillSelection.YOUNGEST_FIRST,
                null,
                limits,
                replacesFirst);
    }

    static App with(App app, Policy policy) {
        return changed(app, policy, app.placement(), app.container(), app.healthChecks(), app.readinessChecks());
    }

    static App with(App app, Constraint constraint) {
        return changed(
                app,
                app.policy(),
                new Placement(List.of(constraint), List.of(), app.role()),
                app.container(),
                app.healthChecks(),
                app.readinessChecks());
    }

    static App with(App app, HealthCheck... checks) {
        return changed(app, app.policy(), app.placement(), app.container(), List.of(checks), app.readinessChecks());
    }

    static App with(App app, ReadinessCheck check) {
        return changed(app, app.policy(), app.placement(), app.container(), app.healthChecks(), List.of(check));
    }

    /** With a volume of 10 MiB at {@code data}, in role {@code r}. */
    static App resident(App app) {
        Volume volume = new Volume.Persistent("data", Volume.DiskType.ROOT, 10, null, null, List.of());
        Policy before = app.policy();
        Policy policy = new Policy(
                before.backoff(), Policy.UpgradeStrategy.RESIDENT, null, before.killSelection(), null, null, false);
        return changed(
                app,
                policy,
                new Placement(List.of(), List.of("*"), "r"),
                new Container(Container.Kind.MESOS, null, List.of(volume)),
                app.healthChecks(),
                app.readinessChecks());
    }

    static App placed(App app, Placement placement) {
        return changed(app, app.policy(), placement, app.container(), app.healthChecks(), app.readinessChecks());
    }

    static App daemon(App app) {
        return new App(
                app.id(),
                app.instances(),
                app.program(),
                app.footprint(),
                app.placement(),
                app.ports(),
                app.policy(),
                app.healthChecks(),
                app.readinessChecks(),
                null,
                null,
                List.of(),
                null,
                true,
                app.labels(),
                app.dependencies(),
                app.version(),
                app.versionInfo());
    }

    private static App changed(
            App app,
            Policy policy,
            Placement placement,
            @Nullable Container container,
            List<HealthCheck> healthChecks,
            List<ReadinessCheck> readinessChecks) {
        return new App(
                app.id(),
                app.instances(),
                app.program(),
                app.footprint(),
                placement,
                app.ports(),
                policy,
                healthChecks,
                readinessChecks,
                app.check(),
                container,
                app.networks(),
                app.pod(),
                app.daemon(),
                app.labels(),
                app.dependencies(),
                app.version(),
                app.versionInfo());
    }
}
