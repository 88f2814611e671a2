package org.nucleus.marathon.store;

import org.nucleus.marathon.core.state.MarathonEvent;

/** How events are written down: as listeners get them. */
public interface EventText {
    String type(MarathonEvent event);

    /** The JSON of {@code event}. */
    String json(MarathonEvent event);
}
