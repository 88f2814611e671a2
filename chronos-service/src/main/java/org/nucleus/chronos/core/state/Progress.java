package org.nucleus.chronos.core.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;

/** Where a run is on its way: {@code Delayed → Queued → Launching → Running → (Reporting →) Ended}. */
public sealed interface Progress {
    /** A retry that waits for its time. */
    record Delayed(Instant until) implements Progress {}

    /** Waits for an offer. */
    record Queued() implements Progress {}

    /** Stored before the offer was accepted; whether the task came into being is known when the master says so. */
    record Launching(AgentId agent, String hostname, Instant at) implements Progress {}

    /**
     * The task runs.
     *
     * @param reported the result of an asynchronous run that somebody reported already; 0 is success
     */
    record Running(
            AgentId agent,
            String hostname,
            Instant started,
            @Nullable Integer reported) implements Progress {}

    /** The task of an asynchronous run is over, and its result has not been reported yet. */
    record Reporting(AgentId agent, String hostname, Instant started) implements Progress {}

    /** Over. A run that never reached an agent has none. */
    record Ended(
            Outcome outcome,
            @Nullable AgentId agent,
            @Nullable String hostname,
            @Nullable Instant started,
            Instant at,
            String message)
            implements Progress {}
}
