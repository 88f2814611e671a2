package org.nucleus.marathon.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one health check of one task has found so far. */
public record Health(
        int incarnation,
        boolean alive,
        int consecutiveFailures,
        @Nullable Instant firstSuccess,
        @Nullable Instant lastSuccess,
        @Nullable Instant lastFailure,
        @Nullable String lastFailureCause) {
    public static Health unknown(int incarnation) {
        return new Health(incarnation, false, 0, null, null, null, null);
    }

    public Health passed(Instant now) {
        return new Health(
                incarnation, true, 0, firstSuccess == null ? now : firstSuccess, now, lastFailure, lastFailureCause);
    }

    public Health failed(Instant now, String cause) {
        return new Health(incarnation, false, consecutiveFailures + 1, firstSuccess, lastSuccess, now, cause);
    }
}
