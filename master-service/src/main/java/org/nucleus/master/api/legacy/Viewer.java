package org.nucleus.master.api.legacy;

import org.nucleus.access.Action;
import org.nucleus.access.Grants;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;

/** What one reader may see: the rest is left out of answers, as the original does. */
record Viewer(Grants grants) {
    boolean sees(FrameworkInfo framework) {
        return grants.permits(Action.VIEW_FRAMEWORKS, framework.user());
    }

    boolean sees(Task task, FrameworkInfo framework) {
        return grants.permits(Action.VIEW_TASKS, task.user() == null ? framework.user() : task.user());
    }

    boolean seesExecutors(FrameworkInfo framework) {
        return grants.permits(Action.VIEW_EXECUTORS, framework.user());
    }

    boolean seesFlags() {
        return grants.permits(Action.VIEW_FLAGS);
    }

    boolean seesMetrics() {
        return grants.permits(Action.GET_ENDPOINTS, "/metrics/snapshot");
    }
}
