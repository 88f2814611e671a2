package org.nucleus.agent.core.state;

import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;

/** A task's name on this agent: task ids are unique within their framework only. */
public record TaskKey(FrameworkId framework, TaskId task) {
    public static TaskKey of(String framework, String task) {
        return new TaskKey(new FrameworkId(framework), new TaskId(task));
    }

    @Override
    public String toString() {
        return framework.value() + "/" + task.value();
    }
}
