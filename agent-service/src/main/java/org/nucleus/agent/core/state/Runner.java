package org.nucleus.agent.core.state;

import java.util.List;
import java.util.Optional;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.TaskId;

/** Who runs a task. {@code group} names the tasks that were launched together, this one among them. */
public sealed interface Runner {
    /** The built-in command executor: the agent itself, in a container of the task's own. */
    record Command() implements Runner {}

    /** The built-in default executor: a container of the task's own, in the executor's sandbox. */
    record Pod(ExecutorId executor, List<TaskId> group) implements Runner {
        public Pod {
            group = List.copyOf(group);
        }
    }

    /** An executor of the framework's own. A task that came alone has no group. */
    record Custom(ExecutorId executor, List<TaskId> group) implements Runner {
        public Custom {
            group = List.copyOf(group);
        }
    }

    /** The executor that the framework named; command tasks have none. */
    default Optional<ExecutorId> named() {
        return switch (this) {
            case Command _ -> Optional.empty();
            case Pod(var executor, var _) -> Optional.of(executor);
            case Custom(var executor, var _) -> Optional.of(executor);
        };
    }
}
