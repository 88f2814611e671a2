package org.nucleus.marathon.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.nucleus.marathon.core.state.AppPath;

/**
 * What a path below {@code /v2/apps} speaks of: ids contain slashes, so the end tells.
 *
 * @param rest what follows {@code tasks} or {@code versions}
 */
record AppTarget(AppPath app, Part part, Optional<String> rest) {
    private static final String PREFIX = "/v2/apps/";

    /** What of the app. */
    enum Part {
        ITSELF,
        BELOW,
        TASKS,
        VERSIONS,
        RESTART,
        HISTORY
    }

    /** @param uri normalised: single slashes, none at the end */
    static AppTarget of(String uri) {
        String path = URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
        String id = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
        String[] segments = id.split("/");
        int last = segments.length - 1;
        if (last >= 1 && segments[last].equals("restart")) {
            return new AppTarget(app(segments, last), Part.RESTART, Optional.empty());
        }
        if (last >= 1 && segments[last].equals("history")) {
            return new AppTarget(app(segments, last), Part.HISTORY, Optional.empty());
        }
        for (int at : new int[] {last, last - 1}) {
            if (at >= 1 && (segments[at].equals("tasks") || segments[at].equals("versions"))) {
                Part part = segments[at].equals("tasks") ? Part.TASKS : Part.VERSIONS;
                return new AppTarget(
                        app(segments, at), part, at == last ? Optional.empty() : Optional.of(segments[last]));
            }
        }
        if (segments[last].equals("*")) {
            return new AppTarget(app(segments, last), Part.BELOW, Optional.empty());
        }
        return new AppTarget(AppPath.of(id), Part.ITSELF, Optional.empty());
    }

    private static AppPath app(String[] segments, int end) {
        return AppPath.of(String.join("/", java.util.Arrays.copyOf(segments, end)));
    }
}
