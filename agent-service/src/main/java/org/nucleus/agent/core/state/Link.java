package org.nucleus.agent.core.state;

import java.time.Duration;

/** The connection to the leading master. Each attempt has a number; what comes from an older one is ignored. */
public sealed interface Link {
    /** No leader is known, or none is wanted. */
    record Idle() implements Link {}

    /** It will be opened when the subscribe timer fires. */
    record Waiting() implements Link {}

    /** SUBSCRIBE is on its way. */
    record Opening(long number) implements Link {}

    /** The master has admitted the agent; it pings at least every {@code silenceMost}. */
    record Registered(long number, Duration silenceMost) implements Link {}

    /** Whether messages of connection {@code number} belong to this one. */
    default boolean isOpen(long number) {
        return switch (this) {
            case Idle _, Waiting _ -> false;
            case Opening(long mine) -> mine == number;
            case Registered(long mine, var _) -> mine == number;
        };
    }
}
