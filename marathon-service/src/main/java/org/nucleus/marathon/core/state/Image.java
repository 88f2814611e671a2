package org.nucleus.marathon.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Docker image and how it is run.
 *
 * @param pullSecret name of the secret that holds the registry's credentials; absent: none are needed
 */
public record Image(
        String name,
        boolean forcePull,
        boolean privileged,
        List<Parameter> parameters,
        @Nullable String pullSecret) {
    public Image {
        parameters = List.copyOf(parameters);
    }

    /** An option given to the engine as it is. */
    public record Parameter(String key, String value) {}
}
