package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/** Where an instance stands. Active ones count towards what their app has. Source: core.condition.Condition. */
public enum Condition {
    /** Waits for an offer. */
    SCHEDULED(null, false),
    /** Its launch was decided and sent. */
    PROVISIONED(null, true),
    STAGING("TASK_STAGING", true),
    STARTING("TASK_STARTING", true),
    RUNNING("TASK_RUNNING", true),
    KILLING("TASK_KILLING", true),
    UNREACHABLE("TASK_UNREACHABLE", true),
    /** Unreachable for so long that another one takes its place. */
    UNREACHABLE_INACTIVE("TASK_UNREACHABLE", false);

    private final @Nullable String taskState;
    private final boolean active;

    Condition(@Nullable String taskState, boolean active) {
        this.taskState = taskState;
        this.active = active;
    }

    /** The name clients see; absent while there is no task. */
    public @Nullable String taskState() {
        return taskState;
    }

    public boolean isActive() {
        return active;
    }

    public boolean isUnreachable() {
        return this == UNREACHABLE || this == UNREACHABLE_INACTIVE;
    }
}
