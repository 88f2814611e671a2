package org.nucleus.master.view;

import org.nucleus.master.access.Viewer;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.master.Event;

/** Something that happened in the cluster, for those who may see what it happened to. */
public sealed interface ClusterNews {
    Event event();

    boolean isFor(Viewer viewer);

    /** @param owner the framework that runs the task */
    record OfTask(Event event, Task task, FrameworkInfo owner) implements ClusterNews {
        @Override
        public boolean isFor(Viewer viewer) {
            return viewer.sees(task, owner);
        }
    }

    /** A framework came, changed or went. */
    record OfFramework(Event event, FrameworkInfo info) implements ClusterNews {
        @Override
        public boolean isFor(Viewer viewer) {
            return viewer.sees(info);
        }
    }

    /** An agent came or went, which anybody may know. */
    record OfAgent(Event event) implements ClusterNews {
        @Override
        public boolean isFor(Viewer viewer) {
            return true;
        }
    }
}
