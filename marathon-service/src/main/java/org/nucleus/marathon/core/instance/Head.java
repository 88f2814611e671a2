package org.nucleus.marathon.core.instance;

import java.util.List;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Goal;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Readiness;

/** The instances of one app at one moment. Those that rest with their data are left out. */
public record Head(List<Instance> all, MarathonState state) {
    public Head {
        all = List.copyOf(all);
    }

    public static Head of(AppPath app, Frame frame) {
        List<Instance> present = frame.state().instances(app).stream()
                .filter(one -> !one.rests())
                .toList();
        return new Head(present, frame.state());
    }

    public List<Instance> active() {
        return all.stream().filter(Instance::isActive).toList();
    }

    /** Those that are out of reach for so long that others took their place. */
    public List<Instance> givenUp() {
        return all.stream()
                .filter(one -> one.condition() == Condition.UNREACHABLE_INACTIVE)
                .toList();
    }

    public boolean hasDying() {
        return all.stream().anyMatch(instance -> instance.goal() != Goal.RUNNING);
    }

    /** Those that do their work: running, and found healthy and ready if there is a way to tell. */
    public List<Instance> ready() {
        return all.stream().filter(instance -> isReady(instance, state)).toList();
    }

    /** Judged by the definition that {@code instance} runs, and by what was found out since this Marathon leads. */
    public static boolean isReady(Instance instance, MarathonState state) {
        if (!instance.isRunning()) {
            return false;
        }
        App definition = state.definition(instance).orElse(null);
        if (definition == null) {
            return !Boolean.FALSE.equals(instance.healthy());
        }
        return isHealthy(instance, definition, state) && isPrepared(instance, definition, state);
    }

    private static boolean isHealthy(Instance instance, App definition, MarathonState state) {
        if (definition.pod() != null) {
            boolean checked = definition.pod().containers().stream().anyMatch(one -> one.healthCheck() != null);
            return !checked || Boolean.TRUE.equals(instance.healthy());
        }
        if (definition.healthChecks().isEmpty()) {
            return true;
        }
        return Boolean.TRUE.equals(instance.healthy()) && isConfirmed(instance, definition, state);
    }

    /** Whether each check of Marathon's own has answered in this term: what the former leader saw may be over. */
    private static boolean isConfirmed(Instance instance, App definition, MarathonState state) {
        List<HealthCheck> checks = definition.healthChecks();
        for (int i = 0; i < checks.size(); i++) {
            Health seen = state.health(instance, i);
            if (checks.get(i).protocol().isByMarathon() && seen.lastSuccess() == null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrepared(Instance instance, App definition, MarathonState state) {
        App today = state.app(instance.app()).orElse(definition);
        return definition.readinessChecks().isEmpty()
                || !today.isCurrent(instance)
                || state.readiness(instance).filter(Readiness::ready).isPresent();
    }
}
