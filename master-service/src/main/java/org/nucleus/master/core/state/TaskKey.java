package org.nucleus.master.core.state;

import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;

/** A task's name in the whole cluster: task ids are a framework's own. */
public record TaskKey(FrameworkId framework, TaskId task) {
    public static TaskKey of(Task task) {
        return new TaskKey(task.frameworkId(), task.taskId());
    }

    @Override
    public String toString() {
        return framework + "/" + task;
    }
}
