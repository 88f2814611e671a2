package org.nucleus.marathon.core.instance;

import java.util.List;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Goal;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;

/** The instances of one app at one moment, and how far they are from a count. */
public record Head(List<Instance> all) {
    public Head {
        all = List.copyOf(all);
    }

    public static Head of(AppPath app, Frame frame) {
        return new Head(frame.state().instances(app));
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
        return all.stream().anyMatch(instance -> instance.goal() == Goal.DECOMMISSIONED);
    }

    /** Those that do their work: running, and found healthy if the app has a way to tell. */
    public List<Instance> ready(App app) {
        return all.stream().filter(instance -> isReady(instance, app)).toList();
    }

    public static boolean isReady(Instance instance, App app) {
        return instance.isRunning() && (app.healthChecks().isEmpty() || Boolean.TRUE.equals(instance.healthy()));
    }

    /** Schedules what is missing to {@code count}, or lets go what is too much. */
    public static void bringTo(App app, int count, List<InstanceId> sentenced, Instances instances, Frame frame) {
        List<Instance> active = of(app.id(), frame).active();
        for (int i = active.size(); i < count; i++) {
            instances.schedule(app, frame);
        }
        if (active.size() > count) {
            KillOrder.of(active, app.policy().killSelection(), sentenced).stream()
                    .limit(active.size() - count)
                    .forEach(instance -> instances.decommission(instance, frame));
        }
    }
}
