package org.nucleus.agent.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * What of the agent does not change while it runs.
 *
 * @param endpoint its {@code ip:port}, known once it listens
 * @param flags as set, without secrets
 */
public record About(Supplier<String> endpoint, List<Flag> flags) {
    public About {
        flags = List.copyOf(flags);
    }

    /** A flag as the original shows it. */
    public record Flag(String name, String value) {}
}
