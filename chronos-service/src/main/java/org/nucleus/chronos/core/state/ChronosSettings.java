package org.nucleus.chronos.core.state;

import java.time.Duration;

/**
 * What the operator chose and rules need.
 *
 * @param cpus of a job that asks for none; {@code mem} and {@code disk} (MiB) likewise
 * @param user of a job that names none
 * @param failureRetry from a failure to the next attempt
 * @param disableAfterFailures in a row; 0 for never
 * @param reconciliationInterval between two complete reconciliations
 * @param declineSeconds how long a declined offer is not made again
 * @param historyRetention how long ended runs are kept
 * @param historyMost how many ended runs of a job are kept
 * @param ownerLimit how many runs of jobs of one owner go on at a time; 0 for any number
 * @param notifies whether anybody can be told anything
 */
public record ChronosSettings(
        double cpus,
        double mem,
        double disk,
        String user,
        Duration failureRetry,
        int disableAfterFailures,
        Duration reconciliationInterval,
        double declineSeconds,
        Duration historyRetention,
        int historyMost,
        int ownerLimit,
        boolean notifies) {}
