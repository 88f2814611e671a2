package org.nucleus.chronos.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for; what is absent does not matter.
 *
 * @param job its name, wholly
 * @param state as {@link org.nucleus.chronos.json.RunJson#state} names it
 * @param text part of the message, the task's id or the agent's host name, whatever the case
 * @param from became ready to run then or later
 * @param to became ready to run before then
 */
public record RunSearch(
        @Nullable String job,
        @Nullable String state,
        @Nullable String text,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit,
        int offset) {}
