package org.nucleus.marathon.store;

import java.time.Instant;
import java.util.List;
import org.nucleus.marathon.core.state.Origin;

/** Something that somebody did, and what came of it. */
public record StoredAudit(Instant at, Origin origin, String action, List<String> subjects, String outcome) {
    public StoredAudit {
        subjects = List.copyOf(subjects);
    }
}
