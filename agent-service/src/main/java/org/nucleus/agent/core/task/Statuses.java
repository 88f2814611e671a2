package org.nucleus.agent.core.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** Status updates as the original's command executor and agent form them. */
final class Statuses {
    private Statuses() {}

    /** In the command executor's name; its id is the task's. Source: launcher/executor.cpp, createTaskStatus. */
    static TaskStatus ofExecutor(TaskRun run, TaskState state, @Nullable String message, Frame frame) {
        return begin(run.key(), state, message, frame)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .executorId(new ExecutorId(run.key().task().value()))
                .containerStatus(container(run.container(), frame.state()))
                .build();
    }

    /** In the agent's name. Source: common/protobuf_utils.cpp, createStatusUpdate. */
    static TaskStatus ofAgent(
            TaskKey key, TaskState state, TaskStatus.Reason reason, String message, Frame frame) {
        return begin(key, state, message, frame)
                .source(TaskStatus.Source.SOURCE_AGENT)
                .reason(reason)
                .build();
    }

    private static TaskStatus.Builder begin(TaskKey key, TaskState state, @Nullable String message, Frame frame) {
        return TaskStatus.builder()
                .taskId(key.task())
                .state(state)
                .message(message)
                .agentId(frame.state().agentId().orElse(null))
                .timestamp(seconds(frame.now()))
                .uuid(frame.uuid());
    }

    private static ContainerStatus container(ContainerId id, AgentState state) {
        var address = new NetworkInfo.IpAddress(NetworkInfo.Protocol.IPv4, state.settings().ip());
        var network = new NetworkInfo(List.of(address), null, List.of(), null, List.of());
        return new ContainerStatus(id, List.of(network), null, null);
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
