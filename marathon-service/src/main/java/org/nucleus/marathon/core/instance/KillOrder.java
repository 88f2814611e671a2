package org.nucleus.marathon.core.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Policy.KillSelection;

/**
 * Who goes first when there are too many: those named, then what doesn't run yet or any more, then by age. Source:
 * deployment.ScalingProposition.
 */
public final class KillOrder {
    private KillOrder() {}

    public static List<Instance> of(List<Instance> instances, KillSelection selection, List<InstanceId> sentenced) {
        Comparator<Instance> byAge = Comparator.comparing(KillOrder::bornAt);
        Comparator<Instance> order = Comparator.<Instance, Boolean>comparing(one -> !sentenced.contains(one.id()))
                .thenComparingInt(KillOrder::rank)
                .thenComparing(selection == KillSelection.YOUNGEST_FIRST ? byAge.reversed() : byAge)
                .thenComparing(Instance::id);
        List<Instance> sorted = new ArrayList<>(instances);
        sorted.sort(order);
        return sorted;
    }

    private static Instant bornAt(Instance instance) {
        return instance.run() == null ? instance.scheduledAt() : instance.run().stagedAt();
    }

    private static int rank(Instance instance) {
        return switch (instance.condition()) {
            case SCHEDULED -> 0;
            case UNREACHABLE, UNREACHABLE_INACTIVE -> 1;
            case PROVISIONED, STAGING -> 2;
            case STARTING -> 3;
            case KILLING -> 4;
            case RUNNING -> instance.healthy() != null && !instance.healthy() ? 4 : 5;
        };
    }
}
