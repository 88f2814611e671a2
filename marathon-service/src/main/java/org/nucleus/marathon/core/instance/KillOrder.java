package org.nucleus.marathon.core.instance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Policy.KillSelection;

/**
 * Who goes first when there are too many: those named, then what doesn't run yet or any more, then what stands where most
 * are, then by age. Source: deployment.ScalingProposition.
 */
public final class KillOrder {
    private KillOrder() {}

    /** The {@code count} of {@code instances} that go. */
    public static List<Instance> victims(App app, List<Instance> instances, List<InstanceId> sentenced, int count) {
        List<Instance> left = new ArrayList<>(instances);
        left.sort(order(app.policy().killSelection(), sentenced));
        Optional<String> field = app.placement().constraints().stream()
                .filter(one ->
                        one.operator() == Constraint.Operator.GROUP_BY || one.operator() == Constraint.Operator.SPREAD)
                .map(Constraint::field)
                .findFirst();
        if (field.isEmpty()) {
            return left.stream().limit(count).toList();
        }
        List<Instance> victims = new ArrayList<>();
        while (victims.size() < count && !left.isEmpty()) {
            Instance next = fromTheFullest(field.get(), left, sentenced);
            left.remove(next);
            victims.add(next);
        }
        return victims;
    }

    /** Of those that are as good as the first one to go, one that stands where most are. */
    private static Instance fromTheFullest(String field, List<Instance> sorted, List<InstanceId> sentenced) {
        Map<String, Integer> counts = new TreeMap<>();
        sorted.forEach(one -> counts.merge(place(one, field), 1, Integer::sum));
        Instance best = sorted.getFirst();
        for (Instance one : sorted) {
            boolean asGood = rank(one) == rank(best) && sentenced.contains(one.id()) == sentenced.contains(best.id());
            if (asGood && counts.getOrDefault(place(one, field), 0) > counts.getOrDefault(place(best, field), 0)) {
                best = one;
            }
        }
        return best;
    }

    private static String place(Instance instance, String field) {
        return instance.run() == null
                ? ""
                : AgentFields.of(instance.run()).value(field).orElse("");
    }

    private static Comparator<Instance> order(KillSelection selection, List<InstanceId> sentenced) {
        Comparator<Instance> byAge = Comparator.comparing(KillOrder::bornAt);
        return Comparator.<Instance, Boolean>comparing(one -> !sentenced.contains(one.id()))
                .thenComparingInt(KillOrder::rank)
                .thenComparing(selection == KillSelection.YOUNGEST_FIRST ? byAge.reversed() : byAge)
                .thenComparing(Instance::id);
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
            case RUNNING -> instance.killedAt() != null || Boolean.FALSE.equals(instance.healthy()) ? 4 : 5;
        };
    }
}
