package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/** What a readiness check of one task has found so far. */
public record Readiness(
        int incarnation, boolean ready, @Nullable Response last) {
    /** What the task answered last; kept if the check says so. */
    public record Response(int status, String contentType, String body) {}
}
