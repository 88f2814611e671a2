package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nucleus.machine.Ordered;
import org.nucleus.marathon.core.state.Change.LaunchDelay;

/** All that was stored, as a new leader finds it. */
public record Snapshot(
        Optional<String> frameworkId,
        List<App> apps,
        List<Group> groups,
        List<Instance> instances,
        List<Deployment> deployments,
        List<Failure> failures,
        Map<AppPath, LaunchDelay> delays,
        long lastEvent) {
    public Snapshot {
        apps = List.copyOf(apps);
        groups = List.copyOf(groups);
        instances = List.copyOf(instances);
        deployments = List.copyOf(deployments);
        failures = List.copyOf(failures);
        delays = Ordered.copyOf(delays);
    }

    public static Snapshot empty() {
        return new Snapshot(
                Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of(), new TreeMap<>(), 0);
    }
}
