package org.nucleus.service.flags;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service finds around itself.
 *
 * @param environment its variables
 * @param exit how it ends itself; null: with its process
 */
public record Surroundings(
        Map<String, String> environment, @Nullable Exit exit) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** A process of its own. */
    public static Surroundings process() {
        return new Surroundings(System.getenv(), null);
    }

    /** One of several services in a JVM: no variables, since they would speak to all of them. */
    public static Surroundings hosted(Exit exit) {
        return new Surroundings(Map.of(), exit);
    }
}
