package org.nucleus.master.core.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.access.Action;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.operation.OperationUpdates;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.core.task.Statuses;
import org.nucleus.master.core.task.Tasks;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;

/** How connected agents are watched, and what becomes of those that fall silent, leave or are given up. */
public final class Agents {
    private static final String SILENT = "health check timed out";
    private static final String NOT_BACK = "agent did not reregister after master failover";

    private final Offers offers;
    private final Removals removals = new Removals();

    public Agents(Offers offers) {
        this.offers = offers;
    }

    Offers offers() {
        return offers;
    }

    // --- watching ---------------------------------------------------------------------------------------------------

    /** Sends a ping, and sets the alarm for the next. */
    void ping(Agent agent, Frame frame) {
        frame.record(new Change.AgentPinged(agent.id()));
        frame.tell(agent, AgentEvent.ping(frame.epoch()));
        frame.wake(
                new WakeKey.PingDue(agent.id()),
                frame.now().plus(frame.settings().agentPingTimeout()));
    }

    /** The ping's alarm: an agent that left too many in a row unanswered is unreachable. */
    public void pingDue(AgentId id, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        if (agent == null || !(agent.link() instanceof Agent.Link.Connected connected)) {
            return;
        }
        if (connected.missedPings() < frame.settings().maxAgentPingTimeouts()) {
            ping(agent, frame);
        } else if (removals.mayLose(id, frame)) {
            lost(agent, SILENT, frame);
        } else {
            ping(agent, frame);
        }
    }

    /** A silent agent's turn to be given up: unless it was heard, or has come back, meanwhile. */
    public void removalDue(AgentId id, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        if (agent != null && agent.isRecovered()) {
            lost(agent, NOT_BACK, frame);
        } else if (agent != null
                && agent.link() instanceof Agent.Link.Connected connected
                && connected.missedPings() >= frame.settings().maxAgentPingTimeouts()) {
            lost(agent, SILENT, frame);
        }
    }

    /** The agent did not come back to a new master: it is unreachable, at once or when it is its turn. */
    public void notBack(Agent agent, Frame frame) {
        if (removals.mayLose(agent.id(), frame)) {
            lost(agent, NOT_BACK, frame);
        }
    }

    /** The agent was heard: whatever it says answers its pings. */
    public void heard(Agent agent, Frame frame) {
        if (agent.link() instanceof Agent.Link.Connected connected && connected.missedPings() > 0) {
            frame.record(new Change.AgentPonged(agent.id()));
        }
    }

    /**
     * The agent's stream ended: no offers of it, and as much time to come back as a silent one has, if it isn't given
     * less.
     */
    public void disconnected(StreamId stream, Frame frame) {
        Agent agent = frame.state().agents().of(stream);
        if (agent == null) {
            return;
        }
        frame.record(new Change.AgentDisconnected(agent.id(), frame.now()));
        offers.rescindAllOn(agent.id(), frame);
        frame.wake(new WakeKey.ReregisterTimeout(agent.id()), frame.now().plus(returnTime(frame)));
    }

    public void reregisterTimeout(AgentId id, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        if (agent == null || !(agent.link() instanceof Agent.Link.Disconnected disconnected)) {
            return;
        }
        Instant deadline = disconnected.since().plus(returnTime(frame));
        if (deadline.isAfter(frame.now())) {
            frame.wake(new WakeKey.ReregisterTimeout(id), deadline);
        } else {
            lost(agent, "agent did not reregister in time", frame);
        }
    }

    private static Duration returnTime(Frame frame) {
        Duration silence = frame.settings().totalPingTimeout();
        Duration reregister = frame.settings().agentReregisterTimeout();
        return silence.compareTo(reregister) < 0 ? silence : reregister;
    }

    // --- leaving ----------------------------------------------------------------------------------------------------

    /** The agent is unreachable: its tasks are, too, and come back if it does. */
    public void lost(Agent agent, String cause, Frame frame) {
        String message = "Agent " + agent.hostname() + " is unreachable: " + cause;
        for (Task task : tasks(agent.id(), frame)) {
            Framework framework = frame.state().frameworks().get(task.frameworkId());
            if (framework == null) {
                Tasks.complete(task, frame);
            } else {
                Tasks.markUnreachable(task, framework, message, frame);
            }
        }
        clear(agent, OperationState.OPERATION_UNREACHABLE, message, frame);
        frame.record(new Change.AgentUnreachable(agent.id(), frame.now()));
        tellAllLost(agent.id(), frame);
    }

    /** The agent is gone for good, and with it all it ran: it may never come back under its id. */
    void gone(AgentId id, String cause, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        if (agent != null) {
            String message = "Agent " + agent.hostname() + " removed: " + cause;
            frame.tell(agent, AgentEvent.shutdown(frame.epoch(), new AgentEvent.Shutdown(message)));
            endTasks(agent, TaskState.TASK_GONE, Reason.REASON_AGENT_REMOVED, message, frame);
            clear(agent, OperationState.OPERATION_GONE_BY_OPERATOR, message, frame);
        }
        endUnreachableTasks(id, TaskState.TASK_GONE, Reason.REASON_AGENT_REMOVED, "Agent removed: " + cause, frame);
        forgetOrder(id, frame);
        frame.record(new Change.AgentGone(id, frame.now()));
        if (agent != null) {
            tellAllLost(id, frame);
        }
    }

    /** An agent ends on its own wish. */
    public void unregister(Agent agent, Frame frame) {
        leave(agent, "Agent " + agent.hostname() + " removed: agent unregistered", frame);
    }

    /** An operator declares an agent lost for good, also one that is unreachable. */
    public void markGone(MasterInput.MarkAgentGone in, Frame frame) {
        if (!in.caller().grants().permits(Action.MARK_AGENTS_GONE)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to mark agents gone"));
            return;
        }
        AgentId id = in.agent();
        Agent agent = frame.state().agents().get(id);
        KnownAgent unreachable = frame.state().agents().unreachable(id);
        if (agent == null && unreachable == null) {
            boolean gone = frame.state().agents().gone(id) != null;
            frame.emit(
                    new Effect.Reply(in.ticket(), gone ? Outcome.OK : Outcome.UNKNOWN, gone ? "" : "Agent not found"));
            return;
        }
        goneByOperator(id, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    /** The agent, known as admitted or unreachable, is gone for good by an operator's will. */
    void goneByOperator(AgentId id, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        String message = "Agent has been marked gone by operator";
        if (agent != null) {
            frame.tell(agent, AgentEvent.shutdown(frame.epoch(), new AgentEvent.Shutdown(message)));
            endTasks(agent, TaskState.TASK_GONE_BY_OPERATOR, Reason.REASON_AGENT_REMOVED_BY_OPERATOR, message, frame);
            clear(agent, OperationState.OPERATION_GONE_BY_OPERATOR, message, frame);
        }
        endUnreachableTasks(
                id, TaskState.TASK_GONE_BY_OPERATOR, Reason.REASON_AGENT_REMOVED_BY_OPERATOR, message, frame);
        forgetOrder(id, frame);
        frame.record(new Change.AgentGone(id, frame.now()));
        tellAllLost(id, frame);
    }

    /**
     * An operator takes an agent's machine down: the agent ends, and may come as a new one when the machine is up. Under
     * its old name it may not, even if it never heard of this: its tasks were said to be gone.
     */
    public void takeDown(Agent agent, String message, Frame frame) {
        frame.tell(agent, AgentEvent.shutdown(frame.epoch(), new AgentEvent.Shutdown(message)));
        empty(agent, message, frame);
        frame.record(new Change.AgentGone(agent.id(), frame.now()));
        tellAllLost(agent.id(), frame);
    }

    private void leave(Agent agent, String message, Frame frame) {
        empty(agent, message, frame);
        frame.record(new Change.AgentRemoved(agent.id(), frame.now()));
        tellAllLost(agent.id(), frame);
    }

    private void empty(Agent agent, String message, Frame frame) {
        endTasks(agent, TaskState.TASK_GONE, Reason.REASON_AGENT_REMOVED, message, frame);
        clear(agent, OperationState.OPERATION_GONE_BY_OPERATOR, message, frame);
        forgetOrder(agent.id(), frame);
    }

    private static void forgetOrder(AgentId id, Frame frame) {
        if (frame.state().policy().order(id) != null) {
            frame.record(new Change.AgentOrdered(id, null));
        }
    }

    /** An executor ended: its framework hears of it. */
    public void executorExited(Agent agent, AgentCall.ExitedExecutor exited, Frame frame) {
        FrameworkId id = exited.frameworkId();
        ExecutorId executor = exited.executorId();
        if (!frame.state().agents().executors(agent.id()).containsKey(new ExecutorKey(id, executor))) {
            return;
        }
        frame.record(new Change.ExecutorRemoved(agent.id(), id, executor));
        frame.allocate(agent.id());
        Framework framework = frame.state().frameworks().get(id);
        if (framework != null) {
            frame.tell(framework, failure(new Event.Failure(agent.id(), executor, exited.status())));
        }
    }

    private static void endTasks(Agent agent, TaskState aware, Reason reason, String message, Frame frame) {
        for (Task task : tasks(agent.id(), frame)) {
            Framework framework = frame.state().frameworks().get(task.frameworkId());
            if (framework == null) {
                Tasks.complete(task, frame);
            } else if (TaskTable.isTerminal(task.state())) {
                Tasks.conclude(task, frame);
            } else {
                Reason fit = framework.isPartitionAware() ? reason : Reason.REASON_AGENT_REMOVED;
                Tasks.end(task, Statuses.lossFor(framework, aware), fit, message, frame);
            }
        }
    }

    private static void endUnreachableTasks(
            AgentId agent, TaskState aware, Reason reason, String message, Frame frame) {
        for (Framework framework : List.copyOf(frame.state().frameworks().all())) {
            List<Task> tasks = new ArrayList<>(
                    frame.state().frameworks().unreachableTasks(framework.id()).values());
            for (Task task : tasks) {
                if (task.agentId().equals(agent) && TaskTable.isTerminal(task.state())) {
                    Tasks.conclude(task, frame);
                } else if (task.agentId().equals(agent)) {
                    Tasks.end(task, Statuses.lossFor(framework, aware), reason, message, frame);
                }
            }
        }
    }

    /** Takes executors and offers from an agent that leaves, and ends its stream. */
    private void clear(Agent agent, OperationState state, String message, Frame frame) {
        OperationUpdates.lose(agent.id(), state, message, frame);
        for (ExecutorKey key :
                List.copyOf(frame.state().agents().executors(agent.id()).keySet())) {
            frame.record(new Change.ExecutorRemoved(agent.id(), key.framework(), key.executor()));
        }
        offers.rescindAllOn(agent.id(), frame);
        if (agent.link() instanceof Agent.Link.Connected connected) {
            frame.emit(new Effect.CloseAgentStream(connected.stream()));
        }
    }

    private static List<Task> tasks(AgentId agent, Frame frame) {
        List<Task> tasks = new ArrayList<>();
        for (TaskKey key : frame.state().agents().tasks(agent)) {
            Task task = frame.state().tasks().get(key);
            if (task != null) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static void tellAllLost(AgentId agent, Frame frame) {
        for (Framework framework : frame.state().frameworks().all()) {
            frame.tell(framework, failure(new Event.Failure(agent, null, null)));
        }
    }

    private static Event failure(Event.Failure failure) {
        return Event.builder().type(Event.Type.FAILURE).failure(failure).build();
    }
}
