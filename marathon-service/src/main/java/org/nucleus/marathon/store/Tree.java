package org.nucleus.marathon.store;

import java.util.List;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Group;

/** Apps and groups as they were at one time. */
public record Tree(List<App> apps, List<Group> groups) {
    public Tree {
        apps = List.copyOf(apps);
        groups = List.copyOf(groups);
    }
}
