package org.nucleus.master.core.state;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.MinAllocatable;

/**
 * What an operator may set about the rules, by the flags of the original with these names.
 *
 * @param offerTimeout after which an unanswered offer is rescinded; absent for never
 * @param allocationInterval the least time that a filter lasts
 * @param allocationDelay how long freed resources wait for others, to be offered together
 * @param minAllocatable what an offer has to contain at least
 * @param weights of roles that don't weigh 1, until an operator sets any
 * @param roles that frameworks may use; absent for all
 * @param rootSubmissions whether frameworks may run as root
 * @param registryMaxAgentAge for how long unreachable and gone agents are remembered
 * @param registryMaxAgentCount how many of each are remembered
 * @param constraintSizeMost how complex a regular expression of offer constraints may be
 * @param requireAgentDomain whether agents must say in which fault domain they are
 * @param agentRemovals how many silent agents may be given up in which time; absent for any number
 */
public record MasterSettings(
        Duration agentPingTimeout,
        int maxAgentPingTimeouts,
        Duration agentReregisterTimeout,
        @Nullable Duration offerTimeout,
        Duration allocationInterval,
        Duration allocationDelay,
        MinAllocatable minAllocatable,
        SequencedMap<String, Double> weights,
        @Nullable SequencedSet<String> roles,
        boolean rootSubmissions,
        boolean filterGpuResources,
        int maxCompletedFrameworks,
        int maxCompletedTasksPerFramework,
        int maxUnreachableTasksPerFramework,
        Duration registryMaxAgentAge,
        int registryMaxAgentCount,
        Duration registryCleanupInterval,
        double heartbeatIntervalSeconds,
        int constraintSizeMost,
        boolean requireAgentDomain,
        @Nullable RateLimit agentRemovals) {
    public MasterSettings {
        weights = Ordered.copyOf(weights);
        roles = roles == null ? null : Ordered.setOf(roles);
    }

    /** The original's defaults, with {@code offerTimeout} of two minutes. */
    public static MasterSettings defaults() {
        return new MasterSettings(
                Duration.ofSeconds(15),
                5,
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(5),
                MinAllocatable.DEFAULT,
                Ordered.copyOf(new LinkedHashMap<>()),
                null,
                true,
                true,
                50,
                1000,
                1000,
                Duration.ofDays(14),
                102_400,
                Duration.ofMinutes(15),
                15.0,
                100,
                false,
                null);
    }

    public Duration totalPingTimeout() {
        return agentPingTimeout.multipliedBy(maxAgentPingTimeouts);
    }
}
