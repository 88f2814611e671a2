package org.nucleus.marathon.api.format;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.AppPath;

/**
 * What the operator decided about definitions.
 *
 * @param roles the role of what doesn't name one, by its path
 * @param features what was enabled
 * @param network of containers that don't name one; absent: they must
 * @param rolesAccepted which resources are used by what doesn't say: {@code any}, {@code unreserved} or {@code reserved}
 */
public record Definitions(
        Function<AppPath, String> roles,
        Set<String> features,
        @Nullable String network,
        String rolesAccepted) {
    /** Complains about a field that needs what wasn't enabled. */
    boolean require(String feature, String path, Problems problems) {
        boolean enabled = features.contains(feature);
        if (!enabled) {
            problems.add(
                    path, "Feature " + feature + " is not enabled. Enable with --enable_features " + feature + ")");
        }
        return enabled;
    }
}
