package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.master.core.Master;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentTable;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** What must hold of a master after every step, whatever happens around it. */
final class MasterChecks {
    private static final int QUIET_MOST = 16;

    private final Master master;
    private final Parsed parsed = new Parsed();
    private final OfferBook offers;
    private final SequencedMap<TaskKey, TaskState> ends = new LinkedHashMap<>();
    private int steps;

    MasterChecks(Master master, OfferBook offers) {
        this.master = master;
        this.offers = offers;
    }

    void stepped(MasterInput input, Step<Change.Durable, Effect> step) {
        checkReplies(input, step.effects());
        follow(input, step.effects());
        step.durable().forEach(this::checkEnds);
        if (steps++ % QUIET_MOST == 0 || !isQuiet(step)) {
            checkRoom(master.state().agents());
            checkOffers(master.state());
            QuotaChecks.stepped(master.state(), step.effects());
        }
    }

    /** Whether nothing was stored and nobody heard more than an answer or a ping: most steps are such. */
    private static boolean isQuiet(Step<Change.Durable, Effect> step) {
        if (!step.durable().isEmpty()) {
            return false;
        }
        for (Effect effect : step.effects()) {
            boolean quiet = switch (effect) {
                case Effect.Reply _, Effect.Wake _ -> true;
                case Effect.SendToAgent(var _, var _, var event) -> event.type() == AgentEvent.Type.PING;
                case Effect.SendEvent _, Effect.CloseStream _, Effect.CloseAgentStream _ -> false;
            };
            if (!quiet) {
                return false;
            }
        }
        return true;
    }

    /** A launch leaves only if it was stored by the leader of then: a deposed one launches nothing. */
    static void releasing(List<Effect> effects, SimulatedRegistry registry) {
        for (Effect effect : effects) {
            AgentEvent event = effect instanceof Effect.SendToAgent(var _, var _, var sent) ? sent : null;
            AgentEvent.RunTask run = event == null ? null : event.runTask();
            FrameworkId framework = run == null ? null : run.frameworkInfo().id();
            if (run != null && framework != null) {
                Broken.unless(
                        registry.isLaunchKnown(framework, run.task().taskId()),
                        "a launch left that no leader stored",
                        run);
            }
        }
    }

    /** Whoever waits for an answer gets one, and nobody else does. */
    private static void checkReplies(MasterInput input, List<Effect> effects) {
        List<Ticket> answered = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Reply(var ticket, var _, var _)) {
                answered.add(ticket);
            }
        }
        Ticket asked = ticketOf(input);
        List<Ticket> expected = asked == null ? List.of() : List.of(asked);
        Broken.unless(answered.equals(expected), "a call was not answered exactly once", input, answered);
    }

    private static @Nullable Ticket ticketOf(MasterInput input) {
        return switch (input) {
            case MasterInput.SchedulerCall call -> call.ticket();
            case MasterInput.AgentMessage message -> message.ticket();
            case MasterInput.TeardownFramework teardown -> teardown.ticket();
            case MasterInput.MarkAgentGone mark -> mark.ticket();
            case MasterInput.Operate operate -> operate.ticket();
            case MasterInput.Order order -> order.ticket();
            case MasterInput.Elected _,
                    MasterInput.TimerFired _,
                    MasterInput.Subscribe _,
                    MasterInput.SchedulerStreamClosed _,
                    MasterInput.AgentSubscribe _,
                    MasterInput.AgentStreamClosed _,
                    MasterInput.Look _ -> null;
        };
    }

    private void follow(MasterInput input, List<Effect> effects) {
        List<TaskInfo> launched = launches(effects);
        Call call = input instanceof MasterInput.SchedulerCall in ? in.call() : null;
        Call.Accept accept = call == null ? null : call.accept();
        if (call != null && accept != null && call.frameworkId() != null && isAccepted(effects)) {
            offers.accepted(call.frameworkId(), accept.offerIds(), launched);
        } else {
            Broken.unless(launched.isEmpty(), "a launch that nobody asked for", input, launched);
        }
        Call.Decline decline = call == null ? null : call.decline();
        if (call != null && decline != null && call.frameworkId() != null && isAccepted(effects)) {
            offers.declined(call.frameworkId(), decline.offerIds());
        }
        for (Effect effect : effects) {
            Event event = effect instanceof Effect.SendEvent(var _, var sent) ? sent : null;
            if (event != null && event.offers() != null) {
                event.offers().offers().forEach(offers::made);
            }
            if (event != null && event.rescind() != null) {
                offers.ended(event.rescind().offerId());
            }
        }
    }

    private static boolean isAccepted(List<Effect> effects) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Reply(var _, var outcome, var _)) {
                return outcome == Outcome.ACCEPTED;
            }
        }
        return false;
    }

    private static List<TaskInfo> launches(List<Effect> effects) {
        List<TaskInfo> launched = new ArrayList<>();
        for (Effect effect : effects) {
            AgentEvent event = effect instanceof Effect.SendToAgent(var _, var _, var sent) ? sent : null;
            if (event != null && event.runTask() != null) {
                launched.add(event.runTask().task());
            }
            if (event != null && event.runTaskGroup() != null) {
                launched.addAll(event.runTaskGroup().tasks());
            }
        }
        return launched;
    }

    /** A terminal state is never left: only what was said of an unreachable task may turn out to be wrong. */
    private void checkEnds(Change.Durable change) {
        switch (change) {
            case Change.TaskAdded(var task) -> checkEnd(task);
            case Change.TaskMoved(var task) -> checkEnd(task);
            case Change.TaskCompleted(var task, var _) -> checkEnd(task);
            case Change.TaskUnreachable(var task) -> ends.remove(TaskKey.of(task));
            default -> {
                // says nothing of a task's state
            }
        }
    }

    private void checkEnd(Task task) {
        TaskKey key = TaskKey.of(task);
        TaskState end = ends.get(key);
        if (end == null) {
            if (TaskTable.isTerminal(task.state()) && task.state() != TaskState.TASK_LOST) {
                ends.put(key, task.state());
            }
            return;
        }
        Broken.unless(end == task.state(), "a task left its terminal state", key, end, task.state());
    }

    /**
     * What tasks and executors hold is what the agent counts, and with the offers never exceeds what it has. Of an agent
     * that has not come back to a new leader more may be remembered: the end of a task is written behind.
     */
    private void checkRoom(AgentTable agents) {
        for (Agent agent : agents.all()) {
            Resources used = agents.used(agent.id());
            Resources sum = sumOf(agents, agent.id());
            Broken.unless(sum.equals(used), "an agent's use isn't that of its tasks", agent.id(), sum, used);
            Resources offered = agents.offered(agent.id());
            Broken.unless(
                    agent.total()
                            .asConfigured()
                            .equals(parsed.of(agent.known().info().resources())),
                    "an agent's reservations and volumes are not made of what it has",
                    agent.id(),
                    agent.total());
            // what was reserved is known again when the agent is back
            Resources taken = used.plus(offered).unallocated();
            Broken.unless(
                    agent.isRecovered() || agent.total().besides(taken).isPresent(),
                    "tasks and offers exceed what the agent has",
                    agent.id(),
                    used,
                    offered,
                    agents.tasks(agent.id()),
                    agents.executors(agent.id()).keySet(),
                    agents.offers(agent.id()));
            Broken.unless(
                    agent.isConnected() || offered.isEmpty(), "an agent that is gone is offered", agent.id(), offered);
        }
    }

    private Resources sumOf(AgentTable agents, AgentId agent) {
        List<Resources> parts = new ArrayList<>();
        for (TaskKey key : agents.tasks(agent)) {
            Task task = master.state().tasks().get(key);
            if (task != null && !TaskTable.isTerminal(task.state())) {
                parts.add(parsed.of(task.resources()));
            }
        }
        for (ExecutorInfo executor : agents.executors(agent).values()) {
            parts.add(parsed.of(executor.resources()));
        }
        return Resources.sum(parts);
    }

    /** Nobody who is not there holds an offer, and no offer lives on that was used, declined or rescinded. */
    private void checkOffers(MasterState state) {
        for (MadeOffer made : state.offers().all()) {
            offers.checkLive(made.offer());
            Framework holder = state.frameworks().get(made.framework());
            Broken.unless(
                    holder != null && holder.isConnected(), "a framework that is gone holds an offer", made.offer());
        }
    }
}
