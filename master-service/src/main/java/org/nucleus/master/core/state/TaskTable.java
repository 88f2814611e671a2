package org.nucleus.master.core.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;

/** The tasks that the master tracks: not ended, or ended but unacknowledged. Changed by {@link MasterState} alone. */
public final class TaskTable {
    private final SequencedMap<TaskKey, Task> tracked = new LinkedHashMap<>();

    public @Nullable Task get(TaskKey key) {
        return tracked.get(key);
    }

    public SequencedCollection<Task> all() {
        return Collections.unmodifiableSequencedCollection(tracked.sequencedValues());
    }

    /** Whether a task in this state has ended for good and holds no resources. */
    public static boolean isTerminal(TaskState state) {
        return switch (state) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> true;
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
        };
    }

    /** What a task holds in its state. */
    public static Resources held(Task task) {
        return isTerminal(task.state()) ? Resources.none() : Resources.of(task.resources());
    }

    @Nullable
    Task put(Task task) {
        return tracked.put(TaskKey.of(task), task);
    }

    @Nullable
    Task remove(TaskKey key) {
        return tracked.remove(key);
    }
}
