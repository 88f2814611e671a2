package org.nucleus.marathon.api;

import java.time.DateTimeException;
import org.nucleus.marathon.core.state.Version;

/** Versions as clients write them. */
final class Versions {
    private Versions() {}

    static Version parse(String text) {
        try {
            return Version.parse(text);
        } catch (DateTimeException e) {
            throw Bodies.refusal(422, "Invalid timestamp provided '" + text + "'. Expecting ISO-8601 datetime string.");
        }
    }
}
