package org.nucleus.master.access;

import org.nucleus.access.Action;
import org.nucleus.access.Grants;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;

/** What one reader may see: the rest is left out of answers, as the original does. */
public record Viewer(Grants grants) {
    public boolean sees(FrameworkInfo framework) {
        return grants.permits(Action.VIEW_FRAMEWORKS, framework.user());
    }

    public boolean sees(Task task, FrameworkInfo framework) {
        return grants.permits(Action.VIEW_TASKS, task.user() == null ? framework.user() : task.user());
    }

    public boolean seesExecutors(FrameworkInfo framework) {
        return grants.permits(Action.VIEW_EXECUTORS, framework.user());
    }

    public boolean seesFlags() {
        return grants.permits(Action.VIEW_FLAGS);
    }

    public boolean opens(String endpoint) {
        return grants.permits(Action.GET_ENDPOINTS, endpoint);
    }

    public boolean seesMetrics() {
        return grants.permits(Action.GET_ENDPOINTS, "/metrics/snapshot");
    }

    public boolean seesRole(String role) {
        return grants.permits(Action.VIEW_ROLES, role);
    }

    public boolean seesQuota(String role) {
        return grants.permits(Action.GET_QUOTAS, role);
    }

    public boolean seesSchedule() {
        return grants.permits(Action.GET_MAINTENANCE_SCHEDULES);
    }

    public boolean seesMaintenance() {
        return grants.permits(Action.GET_MAINTENANCE_STATUSES);
    }

    public boolean readsLog() {
        return grants.permits(Action.ACCESS_MESOS_LOGS);
    }

    public boolean mayRaiseLogging() {
        return grants.permits(Action.SET_LOG_LEVEL);
    }
}
