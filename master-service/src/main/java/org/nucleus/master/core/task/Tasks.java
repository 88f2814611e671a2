package org.nucleus.master.core.task;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** What happens to launched tasks: updates from their agents, acknowledgements and kills from their frameworks. */
public final class Tasks {
    private static final int UUID_BYTES = 16;

    private final Reconciliation reconciliation;

    public Tasks(Reconciliation reconciliation) {
        this.reconciliation = reconciliation;
    }

    /** Why an agent's update cannot be dealt with; null if it can. */
    public static @Nullable String refusal(AgentCall.Update update) {
        Bytes uuid = update.status().uuid();
        return uuid == null || uuid.size() != UUID_BYTES ? "A status update needs a 'uuid' of 16 bytes" : null;
    }

    /**
     * An agent's status update goes to the framework as it is, if that is connected; else the agent sends it again
     * later. What the task holds is free as soon as its latest state is terminal. The framework of a task that nobody
     * can acknowledge has ended: the agent is told again to end what belongs to it. Source: master.cpp,
     * Master::statusUpdate.
     */
    public void update(Agent agent, AgentCall.Update update, Frame frame) {
        Framework framework = frame.state().frameworks().get(update.frameworkId());
        if (framework == null) {
            frame.tell(
                    agent,
                    AgentEvent.shutdownFramework(
                            frame.epoch(), new AgentEvent.ShutdownFramework(update.frameworkId())));
            return;
        }
        TaskStatus status = update.status();
        Task task = frame.state().tasks().get(new TaskKey(update.frameworkId(), status.taskId()));
        if (isOvertaken(task, framework, status, frame)) {
            frame.tell(agent, acknowledged(framework, status.taskId(), Objects.requireNonNull(status.uuid()), frame));
            return;
        }
        if (task != null && task.agentId().equals(agent.id())) {
            move(task, update, framework.isConnected(), frame);
        }
        frame.tell(framework, Statuses.update(status));
    }

    /**
     * Whether the framework was told of the task's end already: then it must not hear of what came before. The update
     * was delayed on its way, or the task was given up while its agent was away; the master acknowledges it itself, so
     * that the agent gets to the end.
     */
    private static boolean isOvertaken(@Nullable Task task, Framework framework, TaskStatus status, Frame frame) {
        if (TaskTable.isTerminal(status.state())) {
            return false;
        }
        if (task == null) {
            return frame.state().frameworks().completedTasks(framework.id()).containsKey(status.taskId());
        }
        TaskState told = task.statusUpdateState();
        return told != null && TaskTable.isTerminal(told);
    }

    private static void move(Task task, AgentCall.Update update, boolean told, Frame frame) {
        TaskStatus status = update.status();
        boolean ended = TaskTable.isTerminal(task.state());
        Task moved = Statuses.applied(task, status, update.latestState(), ended);
        if (told) {
            moved = moved.toBuilder()
                    .statusUpdateState(status.state())
                    .statusUpdateUuid(status.uuid())
                    .build();
        }
        if (moved.equals(task)) {
            return;
        }
        frame.record(new Change.TaskMoved(moved));
        if (!ended && TaskTable.isTerminal(moved.state())) {
            frame.allocate(task.agentId());
        }
    }

    /** An acknowledgement goes to the agent; that of a terminal update makes the task history. */
    public void acknowledge(Framework framework, Call.Acknowledge acknowledge, Frame frame) {
        Agent agent = frame.state().agents().get(acknowledge.agentId());
        if (agent == null || !agent.isConnected()) {
            return;
        }
        Task task = frame.state().tasks().get(new TaskKey(framework.id(), acknowledge.taskId()));
        if (task != null && task.agentId().equals(agent.id())) {
            TaskState told = task.statusUpdateState();
            if (told == null) {
                return;
            }
            if (TaskTable.isTerminal(told) && Objects.equals(acknowledge.uuid(), task.statusUpdateUuid())) {
                complete(task, frame);
            }
        }
        frame.tell(agent, acknowledged(framework, acknowledge.taskId(), acknowledge.uuid(), frame));
    }

    private static AgentEvent acknowledged(Framework framework, TaskId task, Bytes uuid, Frame frame) {
        return AgentEvent.acknowledged(frame.epoch(), new AgentEvent.Acknowledged(framework.id(), task, uuid));
    }

    /** A kill goes to the task's agent, now or when it is back; of an unknown task, what is known goes back. */
    public void kill(Framework framework, Call.Kill kill, Frame frame) {
        Task task = frame.state().tasks().get(new TaskKey(framework.id(), kill.taskId()));
        if (task == null) {
            var asked = new Call.Reconcile.Task(kill.taskId(), kill.agentId());
            reconciliation.reconcile(framework, new Call.Reconcile(List.of(asked)), frame);
            return;
        }
        AgentId named = kill.agentId();
        if (named != null && !named.equals(task.agentId())) {
            return;
        }
        frame.record(new Change.KillRemembered(task.agentId(), framework.id(), task.taskId(), kill.killPolicy()));
        Agent agent = frame.state().agents().get(task.agentId());
        if (agent != null) {
            frame.tell(
                    agent,
                    AgentEvent.killTask(
                            frame.epoch(), new AgentEvent.KillTask(framework.id(), task.taskId(), kill.killPolicy())));
        }
    }

    /** A scheduler's message to an executor: delivered if its agent is connected, dropped otherwise. */
    public void message(Framework framework, Call.Message message, Frame frame) {
        Agent agent = frame.state().agents().get(message.agentId());
        if (agent != null) {
            frame.tell(
                    agent,
                    AgentEvent.message(
                            frame.epoch(),
                            new AgentEvent.Message(framework.id(), message.executorId(), message.data())));
        }
    }

    /** An executor's message to its scheduler: delivered if that is connected, dropped otherwise. */
    public void message(Agent agent, AgentCall.Message message, Frame frame) {
        Framework framework = frame.state().frameworks().get(message.frameworkId());
        if (framework != null) {
            frame.tell(
                    framework,
                    Event.builder()
                            .type(Event.Type.MESSAGE)
                            .message(new Event.Message(agent.id(), message.executorId(), message.data()))
                            .build());
        }
    }

    /** Its agent is told to shut the executor down, if that agent is connected. */
    public void shutdownExecutor(Framework framework, Call.Shutdown shutdown, Frame frame) {
        Agent agent = frame.state().agents().get(shutdown.agentId());
        if (agent != null) {
            frame.tell(
                    agent,
                    AgentEvent.shutdownExecutor(
                            frame.epoch(), new AgentEvent.ShutdownExecutor(framework.id(), shutdown.executorId())));
        }
    }

    /** The task is history: its framework knows how it ended, or will never ask. */
    public static void complete(Task task, Frame frame) {
        Task before = frame.state().tasks().get(TaskKey.of(task));
        boolean held = before != null && !TaskTable.isTerminal(before.state());
        frame.record(new Change.TaskCompleted(task, frame.now()));
        if (held) {
            frame.allocate(task.agentId());
        }
        FrameworkId framework = task.frameworkId();
        var kept = frame.state().frameworks().completedTasks(framework);
        if (kept.size() > frame.settings().maxCompletedTasksPerFramework()) {
            frame.record(new Change.TaskForgotten(framework, kept.firstEntry().getKey()));
        }
    }

    /**
     * The task ended by the master's own decision: its framework is told once, without uuid, and the task is history.
     */
    public static void end(Task task, TaskState state, Reason reason, String message, Frame frame) {
        TaskStatus status = Statuses.of(task, state, reason, message, frame.now());
        boolean ended = TaskTable.isTerminal(task.state());
        Task last = Statuses.applied(task, status, state, ended);
        Framework framework = frame.state().frameworks().get(task.frameworkId());
        if (framework != null) {
            frame.tell(framework, Statuses.update(status));
        }
        complete(last, frame);
    }

    /** The task ended, and its agent will never say so again: its framework is told, if it was not yet. */
    public static void conclude(Task task, Frame frame) {
        TaskState told = task.statusUpdateState();
        if (told != null && TaskTable.isTerminal(told)) {
            complete(task, frame);
            return;
        }
        TaskStatus last = task.statuses().isEmpty() ? null : task.statuses().getLast();
        String message = last == null || last.message() == null ? "Task ended" : last.message();
        end(task, task.state(), Reason.REASON_AGENT_REMOVED, message, frame);
    }

    /**
     * The task's agent is unreachable: the task holds nothing, and comes back if its agent does. One that has ended waits
     * there, too, for its last updates; its framework is not told.
     */
    public static void markUnreachable(Task task, Framework framework, String message, Frame frame) {
        if (TaskTable.isTerminal(task.state())) {
            frame.record(new Change.TaskUnreachable(task));
            forgetOldestUnreachable(framework, frame);
            return;
        }
        TaskState state = Statuses.lossFor(framework, TaskState.TASK_UNREACHABLE);
        TaskStatus status = Statuses.of(task, state, Reason.REASON_AGENT_REMOVED, message, frame.now()).toBuilder()
                .unreachableTime(Statuses.time(frame.now()))
                .build();
        frame.record(new Change.TaskUnreachable(Statuses.applied(task, status, state, false)));
        frame.tell(framework, Statuses.update(status));
        forgetOldestUnreachable(framework, frame);
    }

    private static void forgetOldestUnreachable(Framework framework, Frame frame) {
        var kept = frame.state().frameworks().unreachableTasks(framework.id());
        if (kept.size() > frame.settings().maxUnreachableTasksPerFramework()) {
            TaskId oldest = kept.firstEntry().getKey();
            frame.record(new Change.TaskForgotten(framework.id(), oldest));
        }
    }
}
