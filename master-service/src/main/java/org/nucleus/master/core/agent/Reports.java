package org.nucleus.master.core.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.framework.Frameworks;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentTable.RememberedKill;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.core.task.Statuses;
import org.nucleus.master.core.task.Tasks;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * What a returning agent runs meets what the master remembers. The agent is right about what it runs; what the master
 * launched and the agent doesn't know is asked for. Source: master.cpp, Master::reconcileKnownSlave.
 */
final class Reports {

    /** Whether the agent's report fits together with what the master believes to be still on its way to the agent. */
    boolean fits(Agent agent, Inventory inventory, Frame frame) {
        List<Resources> parts = new ArrayList<>();
        for (Task task : missing(agent.id(), inventory, frame)) {
            parts.add(TaskTable.held(task));
        }
        inventory.tasks().values().forEach(task -> parts.add(heldNow(task, frame)));
        inventory.executors().values().forEach(executor -> parts.add(Resources.of(executor.resources())));
        return Inventory.fitsInto(inventory.total(), parts);
    }

    private static Resources heldNow(Task reported, Frame frame) {
        Task tracked = frame.state().tasks().get(TaskKey.of(reported));
        boolean over = tracked != null && TaskTable.isTerminal(tracked.state());
        return over ? Resources.none() : TaskTable.held(reported);
    }

    /**
     * An agent comes back to a new master, whose memory of it is the registry's: tasks that the agent doesn't have were
     * lost on their way, or ended before the last term did. They must not hold what other tasks hold meanwhile.
     */
    void dropMissing(Agent agent, Inventory inventory, Frame frame) {
        for (Task task : missing(agent.id(), inventory, frame)) {
            Framework framework = frame.state().frameworks().get(task.frameworkId());
            TaskState told = task.statusUpdateState();
            if (framework == null || TaskTable.isTerminal(task.state()) || told != null && TaskTable.isTerminal(told)) {
                Tasks.complete(task, frame);
            } else {
                TaskState state = Statuses.lossFor(framework, TaskState.TASK_GONE);
                Tasks.end(task, state, Reason.REASON_RECONCILIATION, "Task is unknown to the agent", frame);
            }
        }
    }

    /**
     * An unreachable agent comes back: the tasks that it doesn't bring back have ended. Frameworks that were told
     * TASK_LOST have heard of their end already.
     */
    void endUnreachable(AgentId agent, Inventory inventory, Frame frame) {
        for (Framework framework : List.copyOf(frame.state().frameworks().all())) {
            for (Task task : List.copyOf(
                    frame.state().frameworks().unreachableTasks(framework.id()).values())) {
                if (!task.agentId().equals(agent) || inventory.tasks().containsKey(TaskKey.of(task))) {
                    continue;
                }
                if (TaskTable.isTerminal(task.state())) {
                    Tasks.complete(task, frame);
                } else {
                    Tasks.end(
                            task,
                            TaskState.TASK_GONE,
                            Reason.REASON_AGENT_REREGISTERED,
                            "Task is unknown to the agent",
                            frame);
                }
            }
        }
    }

    /** Takes over what the agent reports, tells it what it missed, and asks for what it doesn't report. */
    void merge(Agent agent, Inventory inventory, Frame frame) {
        for (FrameworkId owner : inventory.owners()) {
            meet(owner, inventory.frameworks().get(owner), agent, frame);
        }
        removeExecutors(agent, inventory, frame);
        inventory.tasks().forEach((key, task) -> take(agent, key, task, frame));
        inventory.executors().forEach((key, executor) -> take(agent, key, executor, frame));
        askForMissing(agent, inventory, frame);
        sendKills(agent, frame);
    }

    private static List<Task> missing(AgentId agent, Inventory inventory, Frame frame) {
        List<Task> missing = new ArrayList<>();
        for (TaskKey key : frame.state().agents().tasks(agent)) {
            Task task = frame.state().tasks().get(key);
            if (task != null && !inventory.tasks().containsKey(key)) {
                missing.add(task);
            }
        }
        return missing;
    }

    /** A framework with something on the agent: one that ended must go from there, an unknown one may return. */
    private static void meet(FrameworkId id, @Nullable FrameworkInfo info, Agent agent, Frame frame) {
        if (frame.state().frameworks().get(id) != null) {
            return;
        }
        if (info == null || frame.state().frameworks().completed(id) != null) {
            frame.tell(agent, AgentEvent.shutdownFramework(frame.epoch(), new AgentEvent.ShutdownFramework(id)));
            return;
        }
        Instant deadline = frame.now()
                .plus(Frameworks.failoverTimeout(info))
                .plus(frame.settings().agentReregisterTimeout());
        frame.record(new Change.FrameworkStored(
                new KnownFramework(info, List.of(), frame.now(), frame.now(), deadline, null)));
        frame.wake(new WakeKey.FailoverTimeout(id), deadline);
    }

    private static void removeExecutors(Agent agent, Inventory inventory, Frame frame) {
        for (ExecutorKey key :
                List.copyOf(frame.state().agents().executors(agent.id()).keySet())) {
            if (!inventory.executors().containsKey(key)) {
                frame.record(new Change.ExecutorRemoved(agent.id(), key.framework(), key.executor()));
            }
        }
    }

    private static void take(Agent agent, TaskKey key, Task reported, Frame frame) {
        Framework framework = frame.state().frameworks().get(key.framework());
        if (framework == null) {
            return;
        }
        Task tracked = frame.state().tasks().get(key);
        if (tracked == null && isOver(key, frame)) {
            endAgain(agent, reported, frame);
            return;
        }
        if (tracked == null) {
            boolean wasUnreachable =
                    frame.state().frameworks().unreachableTasks(framework.id()).containsKey(key.task());
            frame.record(new Change.TaskAdded(reported));
            if (wasUnreachable) {
                tellBack(framework, reported, frame);
            }
            return;
        }
        if (!tracked.agentId().equals(agent.id())) {
            frame.tell(
                    agent,
                    AgentEvent.killTask(frame.epoch(), new AgentEvent.KillTask(key.framework(), key.task(), null)));
            return;
        }
        Task merged = merged(tracked, reported);
        if (!merged.equals(tracked)) {
            frame.record(new Change.TaskMoved(merged));
        }
    }

    /** A task is back with its agent. If it has ended, its own updates will say so. */
    private static void tellBack(Framework framework, Task task, Frame frame) {
        TaskStatus status = Statuses.latest(task, Reason.REASON_AGENT_REREGISTERED, "Agent reregistered", frame.now());
        if (!TaskTable.isTerminal(status.state())) {
            frame.tell(framework, Statuses.update(status));
        }
    }

    private static boolean isOver(TaskKey key, Frame frame) {
        return frame.state().frameworks().completedTasks(key.framework()).containsKey(key.task());
    }

    /**
     * The framework knows of the task's end: this report was overtaken on its way, or the agent got the task after it
     * was given up. Nobody owns it any more. One that has ended waits for the acknowledgement, and will ask for it.
     */
    private static void endAgain(Agent agent, Task reported, Frame frame) {
        if (!TaskTable.isTerminal(reported.state())) {
            frame.tell(
                    agent,
                    AgentEvent.killTask(
                            frame.epoch(), new AgentEvent.KillTask(reported.frameworkId(), reported.taskId(), null)));
        }
    }

    /** A terminal state is never left; the agent knows best how far its updates were acknowledged. */
    private static Task merged(Task tracked, Task reported) {
        Task.Builder merged = tracked.toBuilder();
        if (reported.statusUpdateState() != null) {
            merged.statusUpdateState(reported.statusUpdateState()).statusUpdateUuid(reported.statusUpdateUuid());
        }
        if (!TaskTable.isTerminal(tracked.state())) {
            merged.state(reported.state())
                    .statuses(reported.statuses().isEmpty() ? tracked.statuses() : reported.statuses());
        }
        return merged.build();
    }

    private static void take(Agent agent, ExecutorKey key, ExecutorInfo executor, Frame frame) {
        boolean known =
                executor.equals(frame.state().agents().executors(agent.id()).get(key));
        if (!known && frame.state().frameworks().get(key.framework()) != null) {
            frame.record(new Change.ExecutorAdded(agent.id(), key.framework(), executor));
        }
    }

    private static void askForMissing(Agent agent, Inventory inventory, Frame frame) {
        SequencedMap<FrameworkId, List<TaskId>> asked = new LinkedHashMap<>();
        for (Task task : missing(agent.id(), inventory, frame)) {
            if (TaskTable.isTerminal(task.state())) {
                Tasks.complete(task, frame);
            } else {
                asked.computeIfAbsent(task.frameworkId(), _ -> new ArrayList<>())
                        .add(task.taskId());
            }
        }
        asked.forEach((framework, tasks) -> frame.tell(
                agent, AgentEvent.reconcileTasks(frame.epoch(), new AgentEvent.ReconcileTasks(framework, tasks))));
    }

    private static void sendKills(Agent agent, Frame frame) {
        for (Map.Entry<TaskKey, RememberedKill> kill :
                frame.state().agents().kills(agent.id()).entrySet()) {
            KillPolicy policy = kill.getValue().policy();
            TaskKey key = kill.getKey();
            frame.tell(
                    agent,
                    AgentEvent.killTask(frame.epoch(), new AgentEvent.KillTask(key.framework(), key.task(), policy)));
        }
    }
}
