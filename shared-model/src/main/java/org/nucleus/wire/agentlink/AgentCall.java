package org.nucleus.wire.agentlink;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;

/**
 * What an agent posts to {@code /agentlink/v1}. {@code agent_id} is absent only in the SUBSCRIBE of an agent that never
 * registered. SUBSCRIBE is answered with the stream of {@link AgentEvent}s and a {@code Mesos-Stream-Id} header, which
 * every later call carries; those are answered 202.
 */
public record AgentCall(
        Type type,
        @Nullable AgentId agentId,
        @Nullable Subscribe subscribe,
        @Nullable Update update,
        @Nullable Message message,
        @Nullable ExitedExecutor exitedExecutor,
        @Nullable UpdateOperation updateOperation) {

    /** The kind of call; PONG and UNREGISTER have no body. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBE,
        UPDATE,
        MESSAGE,
        EXITED_EXECUTOR,
        PONG,
        UNREGISTER,
        UPDATE_OPERATION
    }

    /**
     * The agent's whole inventory. {@code tasks} are all that are not both terminal and acknowledged, {@code executors}
     * without the built-in command executors, {@code frameworks} those with a task or executor here.
     *
     * @param version of the agent, {@code major.minor.patch}
     * @param checkpointedResources dynamic reservations and persistent volumes, of which {@code agent_info} says nothing:
     *     there they are what the agent's operator configured
     * @param operations that asked for feedback and whose last status is not acknowledged
     */
    public record Subscribe(
            AgentInfo agentInfo,
            String version,
            List<AgentInfo.Capability> capabilities,
            List<FrameworkInfo> frameworks,
            List<RunningExecutor> executors,
            List<Task> tasks,
            List<Resource> checkpointedResources,
            List<Operation> operations) {
        public Subscribe {
            capabilities = List.copyOf(capabilities);
            frameworks = List.copyOf(frameworks);
            executors = List.copyOf(executors);
            tasks = List.copyOf(tasks);
            checkpointedResources = List.copyOf(checkpointedResources);
            operations = List.copyOf(operations);
        }

        /** Of an agent without reservations, volumes and operations. */
        public Subscribe(
                AgentInfo agentInfo,
                String version,
                List<AgentInfo.Capability> capabilities,
                List<FrameworkInfo> frameworks,
                List<RunningExecutor> executors,
                List<Task> tasks) {
            this(agentInfo, version, capabilities, frameworks, executors, tasks, List.of(), List.of());
        }
    }

    /** An executor that the agent runs for a framework. */
    public record RunningExecutor(FrameworkId frameworkId, ExecutorInfo executorInfo) {}

    /**
     * A status update to be forwarded, sent again until acknowledged.
     *
     * @param latestState the newest state of the task on the agent, which may be ahead of {@code status}
     */
    public record Update(
            FrameworkId frameworkId,
            TaskStatus status,
            TaskState latestState,
            @Nullable ExecutorId executorId) {}

    /** A message of an executor to its scheduler; best effort. */
    public record Message(FrameworkId frameworkId, ExecutorId executorId, Bytes data) {}

    /** An executor ended. @param status as {@code wait} reports it */
    public record ExitedExecutor(FrameworkId frameworkId, ExecutorId executorId, int status) {}

    /**
     * The last status of an operation with feedback, sent again until acknowledged.
     *
     * @param status with the {@code uuid} that the acknowledgement names
     */
    public record UpdateOperation(FrameworkId frameworkId, Uuid operationUuid, OperationStatus status) {}

    public static AgentCall subscribe(@Nullable AgentId agentId, Subscribe subscribe) {
        return new AgentCall(Type.SUBSCRIBE, agentId, subscribe, null, null, null, null);
    }

    public static AgentCall update(AgentId agentId, Update update) {
        return new AgentCall(Type.UPDATE, agentId, null, update, null, null, null);
    }

    public static AgentCall message(AgentId agentId, Message message) {
        return new AgentCall(Type.MESSAGE, agentId, null, null, message, null, null);
    }

    public static AgentCall exitedExecutor(AgentId agentId, ExitedExecutor exited) {
        return new AgentCall(Type.EXITED_EXECUTOR, agentId, null, null, null, exited, null);
    }

    public static AgentCall updateOperation(AgentId agentId, UpdateOperation update) {
        return new AgentCall(Type.UPDATE_OPERATION, agentId, null, null, null, null, update);
    }

    public static AgentCall pong(AgentId agentId) {
        return new AgentCall(Type.PONG, agentId, null, null, null, null, null);
    }

    public static AgentCall unregister(AgentId agentId) {
        return new AgentCall(Type.UNREGISTER, agentId, null, null, null, null, null);
    }
}
