package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/** A file brought into the sandbox before the task starts. */
public record Fetch(
        String uri,
        boolean extract,
        boolean executable,
        boolean cache,
        @Nullable String destPath) {}
