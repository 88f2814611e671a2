package org.nucleus.chronos.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a job's runs so far; its author may set it with the job, as in the original. */
public record Tally(
        long successCount,
        long errorCount,
        long errorsSinceLastSuccess,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastError) {

    /** Nothing has run yet. */
    public static Tally fresh() {
        return new Tally(0, 0, 0, null, null);
    }

    public Tally succeeded(Instant now) {
        return new Tally(successCount + 1, errorCount, 0, now, lastError);
    }

    public Tally failed(Instant now) {
        return new Tally(successCount, errorCount + 1, errorsSinceLastSuccess + 1, lastSuccess, now);
    }

    /** {@code success}, {@code failure} or {@code fresh}, by what happened last. */
    public String lastState() {
        if (lastSuccess == null && lastError == null) {
            return "fresh";
        }
        boolean succeededLast = lastError == null || lastSuccess != null && !lastSuccess.isBefore(lastError);
        return succeededLast ? "success" : "failure";
    }
}
