package org.nucleus.marathon.core.state;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the operator set that rules depend on. */
public record Settings(
        int portMin,
        int portMax,
        int maxRunningDeployments,
        Duration taskLaunchTimeout,
        Duration reconciliationInterval,
        Duration killRetry,
        String defaultRole,
        boolean labelChangesRestart,
        boolean newGroupsEnforceRole,
        Matching matching,
        HealthKills healthKills,
        Tasks tasks) {
    /**
     * How offers are used.
     *
     * @param softPatience for how long a launch waits for an offer that breaks none of its soft constraints
     * @param restrictGpus whether agents with GPUs are left to those who ask for GPUs
     * @param avoidMaintenance whether agents that are to go down are avoided
     * @param drainBefore how long before that they are
     */
    public record Matching(
            int maxInstancesPerOffer,
            Duration declineFor,
            Duration minReviveInterval,
            Duration softPatience,
            boolean restrictGpus,
            boolean avoidMaintenance,
            Duration drainBefore) {}

    /** No more than {@code most} instances are killed for their health in any {@code within}. */
    public record HealthKills(int most, Duration within) {}

    /**
     * How tasks are made.
     *
     * @param envPrefix before the names of variables about ports and host; may be empty
     * @param bridgeName the network of the agents that bridged containers join
     * @param principal who we are to the master; absent: nobody
     */
    public record Tasks(
            String envPrefix, String bridgeName, @Nullable String principal) {}

    public static Settings defaults() {
        return new Settings(
                10_000,
                20_000,
                100,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                "*",
                false,
                false,
                new Matching(
                        5,
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        true,
                        true,
                        Duration.ZERO),
                new HealthKills(100, Duration.ofSeconds(10)),
                new Tasks("", "mesos-bridge", null));
    }
}
