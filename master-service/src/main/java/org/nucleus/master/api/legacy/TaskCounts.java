package org.nucleus.master.api.legacy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import tools.jackson.core.JsonGenerator;

/** How many tasks are in each state, as the summary shows it. Source: master/http.cpp, TaskStateSummary. */
final class TaskCounts {
    private static final List<TaskState> SHOWN = List.of(
            TaskState.TASK_STAGING,
            TaskState.TASK_STARTING,
            TaskState.TASK_RUNNING,
            TaskState.TASK_KILLING,
            TaskState.TASK_FINISHED,
            TaskState.TASK_KILLED,
            TaskState.TASK_FAILED,
            TaskState.TASK_LOST,
            TaskState.TASK_ERROR,
            TaskState.TASK_UNREACHABLE);

    private final Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);

    TaskCounts add(List<Task> tasks) {
        tasks.forEach(task -> counts.merge(task.state(), 1, Integer::sum));
        return this;
    }

    void write(JsonGenerator json) {
        SHOWN.forEach(state -> json.writeNumberProperty(state.name(), counts.getOrDefault(state, 0)));
    }
}
