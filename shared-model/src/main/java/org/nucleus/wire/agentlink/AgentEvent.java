package org.nucleus.wire.agentlink;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Uuid;

/**
 * What the leading master sends down an agent's stream.
 *
 * @param epoch the number of the master's term; an agent closes a stream whose epoch is older than one it has seen
 */
public record AgentEvent(
        Type type,
        long epoch,
        @Nullable Subscribed subscribed,
        @Nullable RunTask runTask,
        @Nullable RunTaskGroup runTaskGroup,
        @Nullable KillTask killTask,
        @Nullable Acknowledged acknowledged,
        @Nullable ShutdownFramework shutdownFramework,
        @Nullable ShutdownExecutor shutdownExecutor,
        @Nullable Message message,
        @Nullable UpdateFramework updateFramework,
        @Nullable ReconcileTasks reconcileTasks,
        @Nullable Shutdown shutdown,
        @Nullable ApplyOperation applyOperation,
        @Nullable AcknowledgeOperation acknowledgeOperation,
        @Nullable Drain drain) {

    /** The kind of event; PING has no body and is answered with a PONG call. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBED,
        RUN_TASK,
        RUN_TASK_GROUP,
        KILL_TASK,
        ACKNOWLEDGED,
        PING,
        SHUTDOWN_FRAMEWORK,
        SHUTDOWN_EXECUTOR,
        MESSAGE,
        UPDATE_FRAMEWORK,
        RECONCILE_TASKS,
        SHUTDOWN,
        APPLY_OPERATION,
        ACKNOWLEDGE_OPERATION,
        DRAIN
    }

    /** The agent is registered under {@code agentId}. An agent that hears no ping for the timeout subscribes again. */
    public record Subscribed(AgentId agentId, double totalPingTimeoutSeconds) {}

    /**
     * Run one task, with its own executor or as a command task.
     *
     * @param launchExecutor whether the executor is to be started, its resources being granted by this message; absent
     *     means so. If not, and it is gone, the task is dropped. Source: messages.proto, RunTaskMessage
     */
    public record RunTask(
            FrameworkInfo frameworkInfo,
            TaskInfo task,
            @Nullable Boolean launchExecutor) {
        public RunTask(FrameworkInfo frameworkInfo, TaskInfo task) {
            this(frameworkInfo, task, null);
        }
    }

    /**
     * Run all of {@code tasks} in one executor, or none.
     *
     * @param launchExecutor as in {@link RunTask}
     */
    public record RunTaskGroup(
            FrameworkInfo frameworkInfo,
            ExecutorInfo executor,
            List<TaskInfo> tasks,
            @Nullable Boolean launchExecutor) {
        public RunTaskGroup {
            tasks = List.copyOf(tasks);
        }

        public RunTaskGroup(FrameworkInfo frameworkInfo, ExecutorInfo executor, List<TaskInfo> tasks) {
            this(frameworkInfo, executor, tasks, null);
        }
    }

    /** Kill a task; unknown ones are answered with a terminal update. */
    public record KillTask(
            FrameworkId frameworkId,
            TaskId taskId,
            @Nullable KillPolicy killPolicy) {}

    /** The scheduler has the update {@code uuid}: the next one of that task may go. */
    public record Acknowledged(FrameworkId frameworkId, TaskId taskId, Bytes uuid) {}

    /** The framework is gone: kill all it runs here. */
    public record ShutdownFramework(FrameworkId frameworkId) {}

    /** Shut an executor down, with its tasks. */
    public record ShutdownExecutor(FrameworkId frameworkId, ExecutorId executorId) {}

    /** A message of a scheduler to its executor; best effort. */
    public record Message(FrameworkId frameworkId, ExecutorId executorId, Bytes data) {}

    /** The framework's description changed. */
    public record UpdateFramework(FrameworkInfo frameworkInfo) {}

    /** Tasks the master believes to be here and the agent did not list: those really unknown are reported lost. */
    public record ReconcileTasks(FrameworkId frameworkId, List<TaskId> taskIds) {
        public ReconcileTasks {
            taskIds = List.copyOf(taskIds);
        }
    }

    /**
     * Kill all tasks, each with its own grace or {@code config}'s if that is shorter, and start none. Sent again after
     * every SUBSCRIBED for as long as the agent drains.
     */
    public record Drain(DrainConfig config) {}

    /** The master refuses this agent for good: it kills all tasks, forgets its id and stops or starts as a new agent. */
    public record Shutdown(String message) {}

    /**
     * Convert resources that the master has converted in its own picture already. An agent that can't subscribes again,
     * to say what it has.
     *
     * @param frameworkId of the framework that asked; absent for operators
     * @param info with an id if the framework wants feedback
     */
    public record ApplyOperation(@Nullable FrameworkId frameworkId, Uuid operationUuid, Offer.Operation info) {}

    /** The scheduler has the operation's last status: the agent may forget it. */
    public record AcknowledgeOperation(Uuid operationUuid, Uuid statusUuid) {}

    /** An event of one type, whose body is the one given. */
    private static final class Body {
        private @Nullable Subscribed subscribed;
        private @Nullable RunTask runTask;
        private @Nullable RunTaskGroup runTaskGroup;
        private @Nullable KillTask killTask;
        private @Nullable Acknowledged acknowledged;
        private @Nullable ShutdownFramework shutdownFramework;
        private @Nullable ShutdownExecutor shutdownExecutor;
        private @Nullable Message message;
        private @Nullable UpdateFramework updateFramework;
        private @Nullable ReconcileTasks reconcileTasks;
        private @Nullable Shutdown shutdown;
        private @Nullable ApplyOperation applyOperation;
        private @Nullable AcknowledgeOperation acknowledgeOperation;
        private @Nullable Drain drain;

        AgentEvent of(Type type, long epoch) {
            return new AgentEvent(
                    type,
                    epoch,
                    subscribed,
                    runTask,
                    runTaskGroup,
                    killTask,
                    acknowledged,
                    shutdownFramework,
                    shutdownExecutor,
                    message,
                    updateFramework,
                    reconcileTasks,
                    shutdown,
                    applyOperation,
                    acknowledgeOperation,
                    drain);
        }
    }

    public static AgentEvent ping(long epoch) {
        return new Body().of(Type.PING, epoch);
    }

    public static AgentEvent subscribed(long epoch, Subscribed given) {
        Body body = new Body();
        body.subscribed = given;
        return body.of(Type.SUBSCRIBED, epoch);
    }

    public static AgentEvent runTask(long epoch, RunTask given) {
        Body body = new Body();
        body.runTask = given;
        return body.of(Type.RUN_TASK, epoch);
    }

    public static AgentEvent runTaskGroup(long epoch, RunTaskGroup given) {
        Body body = new Body();
        body.runTaskGroup = given;
        return body.of(Type.RUN_TASK_GROUP, epoch);
    }

    public static AgentEvent killTask(long epoch, KillTask given) {
        Body body = new Body();
        body.killTask = given;
        return body.of(Type.KILL_TASK, epoch);
    }

    public static AgentEvent acknowledged(long epoch, Acknowledged given) {
        Body body = new Body();
        body.acknowledged = given;
        return body.of(Type.ACKNOWLEDGED, epoch);
    }

    public static AgentEvent shutdownFramework(long epoch, ShutdownFramework given) {
        Body body = new Body();
        body.shutdownFramework = given;
        return body.of(Type.SHUTDOWN_FRAMEWORK, epoch);
    }

    public static AgentEvent shutdownExecutor(long epoch, ShutdownExecutor given) {
        Body body = new Body();
        body.shutdownExecutor = given;
        return body.of(Type.SHUTDOWN_EXECUTOR, epoch);
    }

    public static AgentEvent message(long epoch, Message given) {
        Body body = new Body();
        body.message = given;
        return body.of(Type.MESSAGE, epoch);
    }

    public static AgentEvent updateFramework(long epoch, UpdateFramework given) {
        Body body = new Body();
        body.updateFramework = given;
        return body.of(Type.UPDATE_FRAMEWORK, epoch);
    }

    public static AgentEvent reconcileTasks(long epoch, ReconcileTasks given) {
        Body body = new Body();
        body.reconcileTasks = given;
        return body.of(Type.RECONCILE_TASKS, epoch);
    }

    public static AgentEvent shutdown(long epoch, Shutdown given) {
        Body body = new Body();
        body.shutdown = given;
        return body.of(Type.SHUTDOWN, epoch);
    }

    public static AgentEvent applyOperation(long epoch, ApplyOperation given) {
        Body body = new Body();
        body.applyOperation = given;
        return body.of(Type.APPLY_OPERATION, epoch);
    }

    public static AgentEvent acknowledgeOperation(long epoch, AcknowledgeOperation given) {
        Body body = new Body();
        body.acknowledgeOperation = given;
        return body.of(Type.ACKNOWLEDGE_OPERATION, epoch);
    }

    public static AgentEvent drain(long epoch, Drain given) {
        Body body = new Body();
        body.drain = given;
        return body.of(Type.DRAIN, epoch);
    }
}
