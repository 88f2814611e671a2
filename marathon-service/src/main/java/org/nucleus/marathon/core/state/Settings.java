package org.nucleus.marathon.core.state;

import java.time.Duration;

/** What the operator set that rules depend on. */
public record Settings(
        int portMin,
        int portMax,
        int maxRunningDeployments,
        int maxInstancesPerOffer,
        Duration declineFor,
        Duration minReviveInterval,
        Duration taskLaunchTimeout,
        Duration reconciliationInterval,
        Duration killRetry) {
    public static Settings defaults() {
        return new Settings(
                10_000,
                20_000,
                100,
                5,
                Duration.ofSeconds(120),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30));
    }
}
