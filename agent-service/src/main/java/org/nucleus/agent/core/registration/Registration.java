package org.nucleus.agent.core.registration;

import java.time.Duration;
import java.util.List;
import org.nucleus.agent.core.operation.OperationUpdates;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.Identity;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.resources.Reservations;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * Finds the leading master and stays registered with it. Attempts are spread by a random wait that doubles from
 * {@code registration_backoff_factor} to one minute. Source: slave.cpp, Slave::doReliableRegistration.
 */
public final class Registration {
    private static final Duration BACKOFF_MOST = Duration.ofMinutes(1);
    /** Until the master has said how often it pings: its defaults, 15 s times 5. */
    private static final Duration SILENCE_DEFAULT = Duration.ofSeconds(75);

    private final UpdateStreams updates;
    private final OperationUpdates operations;

    public Registration(UpdateStreams updates, OperationUpdates operations) {
        this.updates = updates;
        this.operations = operations;
    }

    public void leaderDetected(Frame frame) {
        frame.record(new Change.LeaderSeen(true));
        if (!frame.state().isDismissed()) {
            close("another master leads", frame);
            frame.record(new Change.BackoffSet(frame.state().settings().registrationBackoff()));
            retry(frame);
        }
    }

    public void leaderLost(Frame frame) {
        frame.record(new Change.LeaderSeen(false));
        close("no master leads", frame);
        frame.record(new Change.LinkMoved(new Link.Idle()));
        frame.emit(new Effect.CancelWake(new TimerKey.Subscribe()));
        frame.emit(new Effect.CancelWake(new TimerKey.Silence()));
    }

    public void subscribe(Frame frame) {
        AgentState state = frame.state();
        if (!(state.link() instanceof Link.Waiting) || state.isDismissed()) {
            return;
        }
        long number = state.lastLink() + 1;
        frame.record(new Change.LinkMoved(new Link.Opening(number)));
        frame.emit(new Effect.OpenLink(number, call(state)));
        frame.emit(new Effect.Wake(new TimerKey.Silence(), frame.now().plus(SILENCE_DEFAULT)));
    }

    public void linkClosed(AgentInput.LinkClosed in, Frame frame) {
        if (frame.state().link().isOpen(in.link())) {
            retry(frame);
        }
    }

    /** The master has not pinged for too long: perhaps it is gone and the connection does not know. */
    public void silence(Frame frame) {
        close("the master is silent", frame);
        if (!(frame.state().link() instanceof Link.Idle)) {
            retry(frame);
        }
    }

    /** Whether an event counts: it is of the current link, and not of a master whose term is over. */
    public boolean admits(AgentInput.EventReceived in, Frame frame) {
        if (!frame.state().link().isOpen(in.link())) {
            return false;
        }
        long seen = frame.state().epoch();
        long epoch = in.event().epoch();
        if (epoch < seen) {
            refuse("the master's term " + epoch + " is older than " + seen, frame);
            return false;
        }
        if (epoch > seen) {
            frame.record(new Change.EpochAdvanced(epoch));
        }
        return true;
    }

    /** Ends a link whose master does not keep to the protocol, and tries again later. */
    public void refuse(String reason, Frame frame) {
        close(reason, frame);
        retry(frame);
    }

    public void subscribed(AgentEvent.Subscribed in, Frame frame) {
        AgentState state = frame.state();
        if (!(state.link() instanceof Link.Opening(long number))) {
            refuse("SUBSCRIBED came twice", frame);
            return;
        }
        if (state.identity() instanceof Identity.Admitted(var mine) && !mine.equals(in.agentId())) {
            refuse("the master calls this agent " + in.agentId().value() + " instead of " + mine.value(), frame);
            return;
        }
        if (state.identity() instanceof Identity.Fresh) {
            frame.record(new Change.AgentAdmitted(in.agentId()));
        }
        frame.record(new Change.LinkMoved(new Link.Registered(number, silenceMost(in))));
        frame.record(new Change.BackoffSet(state.settings().registrationBackoff()));
        watch(frame);
        updates.resume(frame);
        operations.resume(frame);
    }

    public void ping(Frame frame) {
        if (frame.state().link() instanceof Link.Registered(long number, var _)) {
            watch(frame);
            frame.emit(new Effect.SendCall(
                    number, AgentCall.pong(frame.state().agentId().orElseThrow())));
        }
    }

    private static Duration silenceMost(AgentEvent.Subscribed in) {
        Duration given = Duration.ofMillis(Math.round(in.totalPingTimeoutSeconds() * 1000));
        return given.isPositive() ? given : SILENCE_DEFAULT;
    }

    private static void watch(Frame frame) {
        if (frame.state().link() instanceof Link.Registered(var _, Duration silenceMost)) {
            frame.emit(new Effect.Wake(new TimerKey.Silence(), frame.now().plus(silenceMost)));
        }
    }

    private static void close(String reason, Frame frame) {
        switch (frame.state().link()) {
            case Link.Idle _, Link.Waiting _ -> {}
            case Link.Opening(long number) -> frame.emit(new Effect.CloseLink(number, reason));
            case Link.Registered(long number, var _) -> frame.emit(new Effect.CloseLink(number, reason));
        }
    }

    private static void retry(Frame frame) {
        AgentState state = frame.state();
        frame.emit(new Effect.CancelWake(new TimerKey.Silence()));
        if (!state.leaderKnown()) {
            frame.record(new Change.LinkMoved(new Link.Idle()));
            return;
        }
        Duration most = state.backoff();
        Duration wait = Duration.ofNanos((long) (most.toNanos() * frame.fraction()));
        Duration twice = most.multipliedBy(2);
        frame.record(new Change.BackoffSet(twice.compareTo(BACKOFF_MOST) > 0 ? BACKOFF_MOST : twice));
        frame.record(new Change.LinkMoved(new Link.Waiting()));
        frame.emit(new Effect.Wake(new TimerKey.Subscribe(), frame.now().plus(wait)));
    }

    private static AgentCall call(AgentState state) {
        AgentId id = state.agentId().orElse(null);
        AgentInfo info = state.settings().info();
        List<Task> tasks = id == null ? List.of() : state.tasks(id);
        List<FrameworkInfo> frameworks =
                state.frameworks().values().stream().map(Framework::info).toList();
        List<AgentCall.RunningExecutor> executors = state.executors().values().stream()
                .map(run -> new AgentCall.RunningExecutor(run.key().framework(), run.info()))
                .toList();
        AgentInfo known =
                new AgentInfo(info.hostname(), info.port(), info.resources(), info.attributes(), id, info.domain());
        return AgentCall.subscribe(
                id,
                new AgentCall.Subscribe(
                        known,
                        state.settings().version(),
                        state.settings().capabilities(),
                        frameworks,
                        executors,
                        tasks,
                        state.checkpointed().toList(Reservations.Form.REFINED),
                        List.copyOf(state.operations().values())));
    }
}
