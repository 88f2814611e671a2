package org.nucleus.agent.access;

import org.nucleus.access.Action;
import org.nucleus.access.Grants;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;

/** What one caller may see and do: the rest is left out of answers, or refused, as the original does. */
public record Viewer(Grants grants) {
    public boolean sees(FrameworkInfo framework) {
        return grants.permits(Action.VIEW_FRAMEWORKS, framework.user());
    }

    public boolean sees(Task task, FrameworkInfo framework) {
        return grants.permits(Action.VIEW_TASKS, task.user() == null ? framework.user() : task.user());
    }

    /** @param user whom the executor runs as */
    public boolean seesExecutor(String user) {
        return grants.permits(Action.VIEW_EXECUTORS, user);
    }

    /** @param user whom the container runs as */
    public boolean seesContainer(String user) {
        return grants.permits(Action.VIEW_CONTAINERS, user);
    }

    public boolean seesStandaloneContainer(String user) {
        return grants.permits(Action.VIEW_STANDALONE_CONTAINERS, user);
    }

    public boolean readsLog() {
        return grants.permits(Action.ACCESS_MESOS_LOGS);
    }

    public boolean seesFlags() {
        return grants.permits(Action.VIEW_FLAGS);
    }

    /** @param endpoint one that can be guarded at all, such as {@code /metrics/snapshot} */
    public boolean opens(String endpoint) {
        return grants.permits(Action.GET_ENDPOINTS, endpoint);
    }

    public boolean mayRaiseLogging() {
        return grants.permits(Action.SET_LOG_LEVEL);
    }

    /** @param user whom the container runs as, or is to run as */
    public boolean may(Action action, String user) {
        return grants.permits(action, user);
    }

    public boolean may(Action action) {
        return grants.permits(action);
    }
}
