package org.nucleus.marathon.core.instance;

import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;

/** How a task's state on the wire bears on its instance. Source: core.task.state.TaskConditionMapping. */
final class TaskStates {
    private TaskStates() {}

    /** What a status says of an instance: where it now stands, or that its task is over. */
    sealed interface Verdict {
        record Alive(Condition condition) implements Verdict {}

        /** @param counts whether the end puts the app's next launches off */
        record Over(boolean counts) implements Verdict {}
    }

    static Verdict of(TaskStatus status) {
        return switch (status.state()) {
            case TASK_STAGING -> new Verdict.Alive(Condition.STAGING);
            case TASK_STARTING -> new Verdict.Alive(Condition.STARTING);
            case TASK_RUNNING -> new Verdict.Alive(Condition.RUNNING);
            case TASK_KILLING -> new Verdict.Alive(Condition.KILLING);
            case TASK_UNREACHABLE -> new Verdict.Alive(Condition.UNREACHABLE);
            case TASK_LOST ->
                mayReturn(status.reason()) ? new Verdict.Alive(Condition.UNREACHABLE) : new Verdict.Over(false);
            case TASK_FINISHED, TASK_FAILED, TASK_ERROR, TASK_DROPPED -> new Verdict.Over(true);
            case TASK_KILLED, TASK_GONE, TASK_GONE_BY_OPERATOR, TASK_UNKNOWN -> new Verdict.Over(false);
        };
    }

    /** Whether the end of the task is told as a failure of its app. */
    static boolean isFailure(TaskState state) {
        return switch (state) {
            case TASK_FAILED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR,
                    TASK_UNKNOWN,
                    TASK_UNREACHABLE -> true;
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_FINISHED, TASK_KILLED -> false;
        };
    }

    private static boolean mayReturn(TaskStatus.@Nullable Reason reason) {
        return reason == Reason.REASON_RECONCILIATION
                || reason == Reason.REASON_AGENT_DISCONNECTED
                || reason == Reason.REASON_AGENT_REMOVED;
    }
}
