package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/** A check that the agent runs beside a task, for information only. */
public record TaskCheck(
        Kind kind,
        @Nullable Integer portIndex,
        @Nullable String endpoint,
        @Nullable String path,
        @Nullable String command,
        int intervalSeconds,
        int timeoutSeconds,
        int delaySeconds) {
    /** How it asks. */
    public enum Kind {
        HTTP,
        TCP,
        EXEC
    }
}
