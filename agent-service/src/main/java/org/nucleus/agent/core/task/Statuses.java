package org.nucleus.agent.core.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CheckStatusInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskResourceLimitation;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.Value;

/** Status updates as the original's built-in executors and agent form them. */
public final class Statuses {
    private static final double MIB = 1 << 20;

    private Statuses() {}

    /** In a built-in executor's name; the command executor's id is the task's. Source: launcher/executor.cpp. */
    public static TaskStatus ofExecutor(TaskRun run, TaskState state, @Nullable String message, Frame frame) {
        return begin(run.key(), state, message, frame)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .executorId(run.executorKey().executor())
                .containerStatus(container(named(run, frame.state()), frame.state()))
                .checkStatus(
                        run.info().check() == null ? null : unknown(run.info().check()))
                .healthy(isUnhealthy(run) ? false : null)
                .build();
    }

    /**
     * What a check of the running task has told: its last status with that news.
     * Source: launcher/executor.cpp, taskCheckUpdated and taskHealthUpdated.
     */
    public static TaskStatus.Builder news(TaskRun run, TaskStatus.Reason reason, Frame frame) {
        TaskStatus last = running(run).orElseGet(() -> ofExecutor(run, TaskState.TASK_RUNNING, null, frame));
        return last.toBuilder().reason(reason).timestamp(seconds(frame.now())).uuid(frame.uuid());
    }

    /** The newest status that says it runs. */
    public static Optional<TaskStatus> running(TaskRun run) {
        return run.statuses().stream()
                .filter(status -> status.state() == TaskState.TASK_RUNNING)
                .findFirst();
    }

    /** A check's status as long as there is none; each status of a task with a check has one. */
    public static CheckStatusInfo unknown(CheckInfo check) {
        CheckInfo.Type type = check.type();
        return new CheckStatusInfo(
                type,
                type == CheckInfo.Type.COMMAND ? new CheckStatusInfo.Command(null) : null,
                type == CheckInfo.Type.HTTP ? new CheckStatusInfo.Http(null) : null,
                type == CheckInfo.Type.TCP ? new CheckStatusInfo.Tcp(null) : null);
    }

    private static boolean isUnhealthy(TaskRun run) {
        return run.intent() instanceof Intent.Die die && die.cause() == Intent.Cause.UNHEALTHY;
    }

    /** In the agent's name. Source: common/protobuf_utils.cpp, createStatusUpdate. */
    public static TaskStatus ofAgent(
            TaskKey key, TaskState state, TaskStatus.Reason reason, String message, Frame frame) {
        return begin(key, state, message, frame)
                .source(TaskStatus.Source.SOURCE_AGENT)
                .reason(reason)
                .build();
    }

    /** In the agent's name, of a task that used too much. Source: slave.cpp, Slave::sendExecutorTerminatedStatusUpdate. */
    static TaskStatus ofLimitation(TaskKey key, Ending.Limited limited, Frame frame) {
        boolean memory = limited.what() == Ending.Resource.MEMORY;
        Reason reason = memory ? Reason.REASON_CONTAINER_LIMITATION_MEMORY : Reason.REASON_CONTAINER_LIMITATION_DISK;
        Resource used = Resource.builder()
                .name(memory ? "mem" : "disk")
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(limited.bytes() / MIB))
                .build();
        return ofAgent(key, TaskState.TASK_FAILED, reason, limited.reason(), frame).toBuilder()
                .limitation(new TaskResourceLimitation(List.of(used)))
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

    /** A task's container in a pod is shown inside its executor's. */
    private static ContainerId named(TaskRun run, AgentState state) {
        return run.runner() instanceof Runner.Pod
                ? new ContainerId(
                        run.container().value(),
                        state.executor(run.executorKey())
                                .map(ExecutorRun::container)
                                .orElse(null))
                : run.container();
    }

    public static ContainerStatus container(ContainerId id, AgentState state) {
        var address = new NetworkInfo.IpAddress(
                NetworkInfo.Protocol.IPv4, state.settings().ip());
        var network = new NetworkInfo(List.of(address), null, List.of(), null, List.of());
        return new ContainerStatus(id, List.of(network), null, null);
    }

    public static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }
}
