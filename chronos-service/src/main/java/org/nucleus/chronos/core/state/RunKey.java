package org.nucleus.chronos.core.state;

import java.time.Instant;

/**
 * What makes a run this run and no other: no two are ever stored with the same key.
 *
 * @param since the beginning of the job's plan it belongs to
 * @param nominal the time it runs for: the schedule's, or for other causes the time it was asked for
 * @param attempt 0, then one more for each retry
 */
public record RunKey(String job, Instant since, Cause cause, Instant nominal, int attempt) {

    public RunKey nextAttempt() {
        return new RunKey(job, since, cause, nominal, attempt + 1);
    }

    @Override
    public String toString() {
        return job + "|" + since + "|" + cause + "|" + nominal + "|" + attempt;
    }
}
