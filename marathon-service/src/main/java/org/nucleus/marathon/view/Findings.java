package org.nucleus.marathon.view;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Readiness;
import org.nucleus.wire.CheckStatusInfo;

/** What the checks of one instance have found: by the index of a health check, or by the container of a check. */
public record Findings(
        Map<Integer, Health> health, @Nullable Readiness lastReadiness, Map<String, Change.CheckSeen> checks) {
    public Findings {
        health = Collections.unmodifiableMap(new TreeMap<>(health));
        checks = Collections.unmodifiableMap(new TreeMap<>(checks));
    }

    static Findings none() {
        return new Findings(Map.of(), null, Map.of());
    }

    Findings with(Change.Seen seen) {
        return switch (seen) {
            case Change.HealthSeen(var ignored, var check, var found) -> {
                Map<Integer, Health> all = new TreeMap<>(health);
                all.put(check, found);
                yield new Findings(all, lastReadiness, checks);
            }
            case Change.ReadinessSeen(var ignored, var found) -> new Findings(health, found, checks);
            case Change.CheckSeen found -> {
                Map<String, Change.CheckSeen> all = new TreeMap<>(checks);
                all.put(found.container(), found);
                yield new Findings(health, lastReadiness, all);
            }
        };
    }

    /** Of its present task. */
    public Optional<Health> health(Instance instance, int check) {
        return Optional.ofNullable(health.get(check)).filter(one -> one.incarnation() == instance.incarnation());
    }

    public Optional<Readiness> readiness(Instance instance) {
        return Optional.ofNullable(lastReadiness).filter(one -> one.incarnation() == instance.incarnation());
    }

    /** @param container of a pod; {@code _app} of an app */
    public Optional<CheckStatusInfo> check(Instance instance, String container) {
        return Optional.ofNullable(checks.get(container))
                .filter(one -> one.incarnation() == instance.incarnation())
                .map(Change.CheckSeen::result);
    }
}
