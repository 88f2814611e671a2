package org.nucleus.master.core;

import java.time.Instant;
import java.util.Objects;
import org.nucleus.machine.Invariant;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Step;
import org.nucleus.master.core.agent.Agents;
import org.nucleus.master.core.agent.Registrations;
import org.nucleus.master.core.allocation.Allocator;
import org.nucleus.master.core.framework.Frameworks;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.operation.OperationUpdates;
import org.nucleus.master.core.operation.ResourceOperations;
import org.nucleus.master.core.recovery.Recovery;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.core.task.Reconciliation;
import org.nucleus.master.core.task.Tasks;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.agentlink.AgentCall;

/**
 * The leading master as a deterministic machine. Its first input is {@link MasterInput.Elected}; it is never used again
 * after its term.
 */
public final class Master implements Machine<MasterInput, Change.Durable, Effect> {
    private final MasterSettings settings;
    private final MasterState state = new MasterState();
    private final Offers offers = new Offers();
    private final Reconciliation reconciliation = new Reconciliation();
    private final Tasks tasks = new Tasks(reconciliation);
    private final Frameworks frameworks = new Frameworks(offers);
    private final Agents agents = new Agents(offers);
    private final Registrations registrations = new Registrations(agents);
    private final ResourceOperations operations = new ResourceOperations(offers::rescind);
    private final OperationUpdates operationUpdates = new OperationUpdates();
    private final Recovery recovery = new Recovery(agents);
    private final SchedulerCalls schedulerCalls =
            new SchedulerCalls(new SchedulerCalls.Rules(frameworks, offers, tasks, reconciliation, operationUpdates));
    private final Allocator allocator = new Allocator();
    private final Orders orders = new Orders(offers, agents);

    public Master(MasterSettings settings) {
        this.settings = settings;
    }

    @Override
    public Step<Change.Durable, Effect> step(Instant now, MasterInput input) {
        Frame frame = new Frame(state, settings, now);
        decide(input, frame);
        orders.follow(frame);
        setAlarms(frame);
        return frame.step();
    }

    /** For checks, between steps and on the thread that steps. */
    public MasterState state() {
        return state;
    }

    /** What there is now, for readers. On the thread that steps. */
    public Picture picture() {
        return state.picture();
    }

    private void decide(MasterInput input, Frame frame) {
        Invariant.check(
                state.isElected() != input instanceof MasterInput.Elected, "elected once, before all else", input);
        switch (input) {
            case MasterInput.Elected elected -> recovery.begin(elected, frame);
            case MasterInput.TimerFired(var key) -> fired(key, frame);
            case MasterInput.Subscribe subscribe -> frameworks.subscribe(subscribe, frame);
            case MasterInput.SchedulerCall call -> schedulerCalls.decide(call, frame);
            case MasterInput.SchedulerStreamClosed(var stream) -> frameworks.disconnected(stream, frame);
            case MasterInput.AgentSubscribe subscribe -> registrations.subscribe(subscribe, frame);
            case MasterInput.AgentMessage message -> decide(message, frame);
            case MasterInput.AgentStreamClosed(var stream) -> agents.disconnected(stream, frame);
            case MasterInput.TeardownFramework teardown -> frameworks.teardown(teardown, frame);
            case MasterInput.MarkAgentGone mark -> agents.markGone(mark, frame);
            case MasterInput.Order order -> orders.decide(order, frame);
            case MasterInput.Operate operate -> operations.operate(operate, frame);
            case MasterInput.Look() -> {
                // what follows every batch lets readers look
            }
        }
    }

    private void fired(WakeKey key, Frame frame) {
        frame.record(new Change.AlarmFired(key));
        switch (key) {
            case WakeKey.AllocationDue() -> {
                allocator.allocate(frame);
                offers.askBack(frame);
            }
            case WakeKey.FiltersExpire() -> filtersExpire(frame);
            case WakeKey.OffersExpire() -> offers.expire(frame);
            case WakeKey.FailoverTimeout(var framework) -> frameworks.failoverTimeout(framework, frame);
            case WakeKey.PingDue(var agent) -> agents.pingDue(agent, frame);
            case WakeKey.ReregisterTimeout(var agent) -> agents.reregisterTimeout(agent, frame);
            case WakeKey.RemovalDue(var agent) -> agents.removalDue(agent, frame);
            case WakeKey.BatchDue() -> frame.allocate(null);
            case WakeKey.RecoveryWindow() -> recovery.windowClosed(frame);
            case WakeKey.RegistryCleanup() -> recovery.cleanUp(frame);
        }
    }

    private static void filtersExpire(Frame frame) {
        for (AgentId agent : frame.state().filters().agentsFreedAt(frame.now())) {
            frame.allocate(agent);
        }
        frame.record(new Change.FiltersExpired(frame.now()));
    }

    /** Calls come with the id of the stream they belong to: those of an older connection don't count any more. */
    private void decide(MasterInput.AgentMessage in, Frame frame) {
        Agent agent = in.stream() == null ? null : state.agents().of(in.stream());
        AgentCall call = in.call();
        if (agent == null || !agent.id().equals(call.agentId())) {
            frame.emit(Answers.forbidden(in.ticket(), "Agent is not subscribed on this stream"));
            return;
        }
        agents.heard(agent, frame);
        switch (call.type()) {
            case UPDATE -> {
                AgentCall.Update update = Objects.requireNonNull(call.update(), "checked by the edge");
                String refusal = Tasks.refusal(update);
                if (refusal != null) {
                    frame.emit(Answers.invalid(in.ticket(), refusal));
                    return;
                }
                tasks.update(agent, update, frame);
            }
            case UPDATE_OPERATION ->
                operationUpdates.update(
                        agent, Objects.requireNonNull(call.updateOperation(), "checked by the edge"), frame);
            case MESSAGE -> tasks.message(agent, Objects.requireNonNull(call.message(), "checked by the edge"), frame);
            case EXITED_EXECUTOR ->
                agents.executorExited(
                        agent, Objects.requireNonNull(call.exitedExecutor(), "checked by the edge"), frame);
            case PONG -> {
                // being heard is all there is to it
            }
            case UNREGISTER -> agents.unregister(agent, frame);
            case SUBSCRIBE, UNKNOWN -> {
                frame.emit(Answers.invalid(in.ticket(), "Unexpected call " + call.type()));
                return;
            }
        }
        frame.emit(Answers.accepted(in.ticket()));
    }

    private void setAlarms(Frame frame) {
        WakeKey allocation = new WakeKey.AllocationDue();
        if (state.allocation().isWanted() && state.allocation().alarm(allocation) == null) {
            frame.wake(allocation, frame.now().plus(settings.allocationDelay()));
        }
        WakeKey batch = new WakeKey.BatchDue();
        if (state.policy().needsBatches() && state.allocation().alarm(batch) == null) {
            frame.wake(batch, frame.now().plus(settings.allocationInterval()));
        }
        WakeKey filters = new WakeKey.FiltersExpire();
        Instant end = state.filters().earliestEnd();
        Instant set = state.allocation().alarm(filters);
        if (end != null && (set == null || end.isBefore(set))) {
            Instant soonest = frame.now().plus(settings.allocationDelay());
            frame.wake(filters, end.isBefore(soonest) ? soonest : end);
        }
        WakeKey expiry = new WakeKey.OffersExpire();
        var outstanding = state.offers().all();
        if (settings.offerTimeout() != null
                && !outstanding.isEmpty()
                && state.allocation().alarm(expiry) == null) {
            MadeOffer oldest = outstanding.getFirst();
            frame.wake(expiry, oldest.at().plus(settings.offerTimeout()));
        }
    }
}
