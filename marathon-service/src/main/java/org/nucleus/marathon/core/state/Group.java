package org.nucleus.marathon.core.state;

import java.util.List;

/** A group that was asked for by name; groups that only hold something need no such record. */
public record Group(AppPath id, List<AppPath> dependencies, boolean enforceRole, Version version) {
    public Group {
        dependencies = List.copyOf(dependencies);
    }
}
