package org.nucleus.marathon.store;

import java.util.List;
import org.nucleus.marathon.core.state.AppPath;

/**
 * An event as it was told.
 *
 * @param apps that it speaks of
 */
public record StoredEvent(long id, String type, List<AppPath> apps, String json) {
    public StoredEvent {
        apps = List.copyOf(apps);
    }
}
