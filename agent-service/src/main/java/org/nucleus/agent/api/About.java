package org.nucleus.agent.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What of the agent does not change while it runs.
 *
 * @param endpoint its {@code ip:port}, known once it listens
 * @param master the host of the leading master, while one is known
 * @param flags as set, without secrets
 * @param heartbeat how often those who are attached to a container hear that the agent is there
 */
public record About(
        Supplier<String> endpoint, Supplier<Optional<String>> master, List<Flag> flags, Duration heartbeat) {
    /** The version of the original whose behaviour is kept. */
    public static final String VERSION = "1.11.0";

    public About {
        flags = List.copyOf(flags);
    }

    /** A flag as the original shows it. */
    public record Flag(String name, String value) {}
}
