package org.nucleus.marathon.core.state;

import java.time.Instant;

/** How the last task of an app that ended against our will ended. */
public record Failure(
        AppPath app,
        String host,
        String message,
        String state,
        String taskId,
        Instant timestamp,
        Version version,
        String agent) {}
