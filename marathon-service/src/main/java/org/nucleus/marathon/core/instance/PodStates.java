package org.nucleus.marathon.core.instance;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** How the states of a pod's containers make up its own. Source: core.instance.Instance, conditionFromTasks. */
final class PodStates {
    static final Pattern EXIT = Pattern.compile("exited with status (\\d+)");

    /** The worse of two ends comes first. */
    private static final List<TaskState> ENDS = List.of(
            TaskState.TASK_ERROR,
            TaskState.TASK_FAILED,
            TaskState.TASK_GONE_BY_OPERATOR,
            TaskState.TASK_GONE,
            TaskState.TASK_DROPPED,
            TaskState.TASK_LOST,
            TaskState.TASK_UNKNOWN,
            TaskState.TASK_FINISHED,
            TaskState.TASK_KILLED);

    private PodStates() {}

    /** Of a pod of which something still lives: the least advanced of its containers. */
    static Condition condition(Instance pod) {
        if (has(pod, "TASK_UNREACHABLE")) {
            return Condition.UNREACHABLE;
        }
        if (has(pod, "TASK_KILLING")) {
            return Condition.KILLING;
        }
        if (has(pod, "TASK_STARTING")) {
            return Condition.STARTING;
        }
        boolean silent = pod.members().stream().anyMatch(member -> member.state() == null);
        return silent || has(pod, "TASK_STAGING") ? Condition.STAGING : Condition.RUNNING;
    }

    private static boolean has(Instance pod, String state) {
        return pod.members().stream().anyMatch(member -> state.equals(member.state()));
    }

    /** Absent while no container with a check has told. */
    static @Nullable Boolean healthy(Instance pod) {
        List<Boolean> told = pod.members().stream()
                .filter(member -> member.healthy() != null)
                .map(member -> Boolean.TRUE.equals(member.healthy()))
                .toList();
        return told.isEmpty() ? null : !told.contains(false);
    }

    /** The status of a pod that is over: the worst end of its containers. */
    static TaskStatus last(Instance pod, TaskStatus status) {
        TaskState worst = status.state();
        for (Instance.Member member : pod.members()) {
            TaskState state = member.state() == null ? worst : TaskState.valueOf(member.state());
            worst = rank(state) < rank(worst) ? state : worst;
        }
        return status.toBuilder().state(worst).build();
    }

    private static int rank(TaskState state) {
        int at = ENDS.indexOf(state);
        return at < 0 ? ENDS.size() : at;
    }
}
