package org.nucleus.wire.agentlink;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;

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
        @Nullable Shutdown shutdown) {

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
        SHUTDOWN
    }

    /** The agent is registered under {@code agentId}. An agent that hears no ping for the timeout subscribes again. */
    public record Subscribed(AgentId agentId, double totalPingTimeoutSeconds) {}

    /** Run one task, with its own executor or as a command task. */
    public record RunTask(FrameworkInfo frameworkInfo, TaskInfo task) {}

    /** Run all of {@code tasks} in one executor, or none. */
    public record RunTaskGroup(FrameworkInfo frameworkInfo, ExecutorInfo executor, List<TaskInfo> tasks) {
        public RunTaskGroup {
            tasks = List.copyOf(tasks);
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

    /** The master refuses this agent for good: it kills all tasks, forgets its id and stops or starts as a new agent. */
    public record Shutdown(String message) {}

    private static AgentEvent bare(Type type, long epoch) {
        return new AgentEvent(type, epoch, null, null, null, null, null, null, null, null, null, null, null);
    }

    public static AgentEvent subscribed(long epoch, Subscribed body) {
        return new AgentEvent(Type.SUBSCRIBED, epoch, body, null, null, null, null, null, null, null, null, null, null);
    }

    public static AgentEvent runTask(long epoch, RunTask body) {
        return new AgentEvent(Type.RUN_TASK, epoch, null, body, null, null, null, null, null, null, null, null, null);
    }

    public static AgentEvent runTaskGroup(long epoch, RunTaskGroup body) {
        return new AgentEvent(
                Type.RUN_TASK_GROUP, epoch, null, null, body, null, null, null, null, null, null, null, null);
    }

    public static AgentEvent killTask(long epoch, KillTask body) {
        return new AgentEvent(Type.KILL_TASK, epoch, null, null, null, body, null, null, null, null, null, null, null);
    }

    public static AgentEvent acknowledged(long epoch, Acknowledged body) {
        return new AgentEvent(
                Type.ACKNOWLEDGED, epoch, null, null, null, null, body, null, null, null, null, null, null);
    }

    public static AgentEvent ping(long epoch) {
        return bare(Type.PING, epoch);
    }

    public static AgentEvent shutdownFramework(long epoch, ShutdownFramework body) {
        return new AgentEvent(
                Type.SHUTDOWN_FRAMEWORK, epoch, null, null, null, null, null, body, null, null, null, null, null);
    }

    public static AgentEvent shutdownExecutor(long epoch, ShutdownExecutor body) {
        return new AgentEvent(
                Type.SHUTDOWN_EXECUTOR, epoch, null, null, null, null, null, null, body, null, null, null, null);
    }

    public static AgentEvent message(long epoch, Message body) {
        return new AgentEvent(Type.MESSAGE, epoch, null, null, null, null, null, null, null, body, null, null, null);
    }

    public static AgentEvent updateFramework(long epoch, UpdateFramework body) {
        return new AgentEvent(
                Type.UPDATE_FRAMEWORK, epoch, null, null, null, null, null, null, null, null, body, null, null);
    }

    public static AgentEvent reconcileTasks(long epoch, ReconcileTasks body) {
        return new AgentEvent(
                Type.RECONCILE_TASKS, epoch, null, null, null, null, null, null, null, null, null, body, null);
    }

    public static AgentEvent shutdown(long epoch, Shutdown body) {
        return new AgentEvent(Type.SHUTDOWN, epoch, null, null, null, null, null, null, null, null, null, null, body);
    }
}
