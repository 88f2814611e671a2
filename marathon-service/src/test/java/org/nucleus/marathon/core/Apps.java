package org.nucleus.marathon.core;

import java.util.List;
import java.util.Map;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.core.state.VersionInfo;

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
                new Program(cmd, List.of(), null, Map.of("A", "b"), List.of(), ""),
                new Footprint(100, 16_000, 0, 0),
                new Placement(List.of(), List.of(), "*"),
                new Ports(List.of(new PortDefinition(0, "tcp", "http", Map.of())), false),
                policy(1, 1),
                List.of(),
                Map.of("tier", "a"),
                dependencies,
                Version.NONE,
                VersionInfo.NONE);
    }

    static Policy policy(double minimumHealth, double maximumOver) {
        return new Policy(
                Policy.Backoff.DEFAULT,
                new Policy.UpgradeStrategy(minimumHealth, maximumOver),
                Policy.UnreachableStrategy.DEFAULT,
                Policy.KillSelection.YOUNGEST_FIRST,
                null);
    }

    static App with(App app, Policy policy) {
        return new App(
                app.id(),
                app.instances(),
                app.program(),
                app.footprint(),
                app.placement(),
                app.ports(),
                policy,
                app.healthChecks(),
                app.labels(),
                app.dependencies(),
                app.version(),
                app.versionInfo());
    }

    static App with(App app, Constraint constraint) {
        return new App(
                app.id(),
                app.instances(),
                app.program(),
                app.footprint(),
                new Placement(List.of(constraint), List.of(), "*"),
                app.ports(),
                app.policy(),
                app.healthChecks(),
                app.labels(),
                app.dependencies(),
                app.version(),
                app.versionInfo());
    }
}
