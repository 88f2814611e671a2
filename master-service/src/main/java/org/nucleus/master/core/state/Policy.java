package org.nucleus.master.core.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.Roles;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.DrainState;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.master.Schedule;

/**
 * All that operators have set, whoever leads: the sum of all {@link Change.Decree}s.
 *
 * @param quotas by role
 * @param weights of roles that don't weigh 1, or were said to
 * @param schedule when which machines are to be unavailable
 * @param down the scheduled machines that are in maintenance now
 * @param agents that must not be offered, and why
 */
public record Policy(
        SequencedMap<String, Quota> quotas,
        SequencedMap<String, Double> weights,
        Schedule schedule,
        SequencedSet<MachineId> down,
        SequencedMap<AgentId, AgentOrder> agents) {
    private static final Schedule NO_SCHEDULE = new Schedule(List.of());

    public Policy {
        quotas = Ordered.copyOf(quotas);
        weights = Ordered.copyOf(weights);
        down = Ordered.setOf(down);
        agents = Ordered.copyOf(agents);
    }

    /** What holds where no operator ever set anything. */
    public static Policy none() {
        return new Policy(
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                NO_SCHEDULE,
                new LinkedHashSet<>(),
                new LinkedHashMap<>());
    }

    public double weightOf(String role) {
        return weights.getOrDefault(role, 1.0);
    }

    /** The quota that {@code role} is under: that of the role at the top of its path. */
    public Quota quotaOf(String role) {
        return quotas.getOrDefault(Roles.top(role), Quota.NONE);
    }

    /** What was ordered for an agent; absent if it may be offered. */
    public @Nullable AgentOrder order(AgentId agent) {
        return agents.get(agent);
    }

    public boolean isDraining(AgentId agent) {
        AgentOrder order = agents.get(agent);
        return order != null && order.drain() != null && order.drain().state() == DrainState.DRAINING;
    }

    /** Whether what happens on one agent may change what can be offered of others. */
    public boolean needsBatches() {
        return !quotas.isEmpty() || !schedule.windows().isEmpty();
    }

    /** The same, once {@code decree} is given. */
    public Policy with(Change.Decree decree) {
        return switch (decree) {
            case Change.QuotaSet(var role, var quota) -> {
                SequencedMap<String, Quota> next = new LinkedHashMap<>(quotas);
                putUnless(quota.isNone(), next, role, quota);
                yield new Policy(next, weights, schedule, down, agents);
            }
            case Change.WeightSet(var role, var weight) -> {
                SequencedMap<String, Double> next = new LinkedHashMap<>(weights);
                next.put(role, weight);
                yield new Policy(quotas, next, schedule, down, agents);
            }
            case Change.ScheduleSet(var next) -> new Policy(quotas, weights, next, down, agents);
            case Change.MachineTakenDown(var machine) -> {
                SequencedSet<MachineId> next = new LinkedHashSet<>(down);
                next.add(machine);
                yield new Policy(quotas, weights, schedule, next, agents);
            }
            case Change.MachineBroughtUp(var machine) -> {
                SequencedSet<MachineId> next = new LinkedHashSet<>(down);
                next.remove(machine);
                yield new Policy(quotas, weights, schedule, next, agents);
            }
            case Change.AgentOrdered(var agent, var order) -> withOrder(agent, order);
        };
    }

    private Policy withOrder(AgentId agent, @Nullable AgentOrder order) {
        SequencedMap<AgentId, AgentOrder> next = new LinkedHashMap<>(agents);
        if (order == null) {
            next.remove(agent);
        } else {
            next.put(agent, order);
        }
        return new Policy(quotas, weights, schedule, down, next);
    }

    private static <V> void putUnless(boolean none, SequencedMap<String, V> map, String role, V value) {
        if (none) {
            map.remove(role);
        } else {
            map.put(role, value);
        }
    }
}
