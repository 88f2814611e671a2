package org.nucleus.marathon.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Invariant;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Step;
import org.nucleus.marathon.core.deployment.Deployments;
import org.nucleus.marathon.core.group.Audits;
import org.nucleus.marathon.core.group.GivingUp;
import org.nucleus.marathon.core.group.Groups;
import org.nucleus.marathon.core.group.Roles;
import org.nucleus.marathon.core.health.HealthVerdicts;
import org.nucleus.marathon.core.health.ReadinessGates;
import org.nucleus.marathon.core.instance.Instances;
import org.nucleus.marathon.core.instance.Updates;
import org.nucleus.marathon.core.launch.LaunchDelays;
import org.nucleus.marathon.core.launch.LaunchQueue;
import org.nucleus.marathon.core.launch.OfferMatcher;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.Frame;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonEvent.FrameworkMessage;
import org.nucleus.marathon.core.state.MarathonEvent.SchedulerDisconnected;
import org.nucleus.marathon.core.state.MarathonEvent.SchedulerRegistered;
import org.nucleus.marathon.core.state.MarathonEvent.SchedulerReregistered;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Settings;
import org.nucleus.marathon.core.state.TimerKey;

/** Marathon as a machine: one step for each thing that happens. Its first input is the election. */
public final class Marathon implements Machine<MarathonInput, Change.Durable, Effect> {
    /** More looks in one step mean that two rules undo each other's work. */
    private static final int MOST_LOOKS = 100_000;

    private final MarathonState state;
    private final LaunchDelays delays = new LaunchDelays();
    private final LaunchQueue queue = new LaunchQueue();
    private final OfferMatcher matcher = new OfferMatcher(queue);
    private final Instances instances = new Instances(delays);
    private final Updates updates = new Updates(instances);
    private final HealthVerdicts health = new HealthVerdicts(instances);
    private final ReadinessGates readiness = new ReadinessGates();
    private final Deployments deployments = new Deployments(instances);
    private final Groups groups = new Groups(deployments, delays);

    public Marathon(Settings settings) {
        this.state = new MarathonState(settings);
    }

    @Override
    public Step<Change.Durable, Effect> step(Instant now, MarathonInput input) {
        Frame frame = new Frame(state, now);
        apply(input, frame);
        converge(frame);
        groups.giveUp(frame);
        converge(frame);
        Roles.settle(frame);
        queue.settle(frame);
        return frame.step();
    }

    private void apply(MarathonInput input, Frame frame) {
        switch (input) {
            case MarathonInput.Elected elected -> elected(elected, frame);
            case MarathonInput.Subscribed subscribed -> subscribed(subscribed, frame);
            case MarathonInput.Disconnected() -> {
                frame.record(new Change.Connected(false, null));
                frame.publish(new SchedulerDisconnected(frame.now()));
            }
            case MarathonInput.Removed(var reason) -> removed(reason, frame);
            case MarathonInput.Offered(var offers) -> matcher.offered(offers, frame);
            case MarathonInput.Updated(var status) -> updates.updated(status, frame);
            case MarathonInput.Heard(var executor, var agent, var message) ->
                frame.publish(new FrameworkMessage(frame.now(), executor, agent, message));
            case MarathonInput.TimerFired(var key) -> fired(key, frame);
            case MarathonInput.Probed probed -> health.probed(probed, frame);
            case MarathonInput.ReadinessProbed probed -> readiness.probed(probed, frame);
            case MarathonInput.Asked asked -> asked(asked, frame);
        }
    }

    private void asked(MarathonInput.Asked asked, Frame frame) {
        switch (asked) {
            case MarathonInput.Change change -> groups.change(change, frame);
            case MarathonInput.Rehearse rehearse -> groups.rehearse(rehearse, frame);
            case MarathonInput.KillTasks kill -> kill(kill, frame);
            case MarathonInput.Cancel cancel -> groups.cancel(cancel, frame);
            case MarathonInput.ResetDelay reset -> resetDelay(reset, frame);
            case MarathonInput.AskQueue(var token) -> frame.emit(new Effect.Reply(token, queue.listing(frame)));
        }
    }

    private void elected(MarathonInput.Elected elected, Frame frame) {
        state.restore(elected.snapshot(), elected.seed());
        instances.recovered(frame);
        state.deployments().forEach(deployment -> GivingUp.watch(deployment, frame));
        state.apps().values().forEach(app -> LaunchDelays.watch(app, frame));
        Roles.known(frame);
        state.apps().keySet().forEach(frame::touch);
        state.appsWithInstances().forEach(frame::touch);
        List.copyOf(state.deployments()).forEach(deployment -> deployments.advance(deployment, frame));
    }

    private void subscribed(MarathonInput.Subscribed in, Frame frame) {
        Optional<String> before = state.frameworkId();
        if (before.filter(in.frameworkId()::equals).isEmpty()) {
            frame.record(new Change.FrameworkIdGiven(in.frameworkId()));
            frame.publish(new SchedulerRegistered(frame.now(), in.frameworkId(), in.master()));
        } else {
            frame.publish(new SchedulerReregistered(frame.now(), in.master()));
        }
        frame.record(new Change.Connected(true, in.region()));
        queue.subscribed(frame);
        instances.reconcile(frame);
        state.instances().stream()
                .filter(instance -> instance.killedAt() != null)
                .forEach(instance -> instances.overdue(instance.id(), frame));
    }

    /**
     * An id that the master has removed is worthless, and so are the tasks under it: the next start takes a new one, and
     * reconciliation replaces the tasks. Another reason, such as a second Marathon under this id, leaves it alone.
     */
    private void removed(String reason, Frame frame) {
        frame.record(new Change.Connected(false, null));
        if (reason.contains("removed")) {
            frame.record(new Change.FrameworkIdForgotten());
        }
        frame.emit(new Effect.Stop(110, "The master refuses this framework: " + reason));
    }

    private void fired(TimerKey key, Frame frame) {
        switch (key) {
            case TimerKey.Reconcile() -> {
                if (state.isConnected()) {
                    instances.reconcile(frame);
                    queue.repeat(frame);
                }
            }
            case TimerKey.DelayOver _, TimerKey.Revive(), TimerKey.PatienceOver _ -> frame.demand();
            case TimerKey.Deadline _ -> {
                // every step looks for deployments that had their time
            }
            case TimerKey.Readiness ready -> readiness.due(ready, frame);
            case TimerKey.Unreachable(var id) -> state.instance(id).ifPresent(one -> instances.outOfReach(one, frame));
            case TimerKey.Overdue(var id) -> instances.overdue(id, frame);
            case TimerKey.Probe probe -> health.due(probe, frame);
        }
    }

    private void kill(MarathonInput.KillTasks in, Frame frame) {
        List<Instance> victims = in.instances().stream()
                .flatMap(id -> state.instance(id).stream())
                .toList();
        Audits.note(in, frame);
        if (in.how().scale()) {
            groups.killAndScale(in, victims, frame);
            return;
        }
        for (Instance victim : victims) {
            if (in.how().wipe()) {
                instances.decommission(victim, frame);
            } else {
                instances.replace(victim, frame);
            }
        }
        frame.emit(new Effect.Reply(in.token(), new Answer.Killed(victims)));
    }

    private void resetDelay(MarathonInput.ResetDelay in, Frame frame) {
        if (!state.waits(in.app())) {
            String message = "Application " + in.app() + " not found in tasks queue.";
            frame.emit(new Effect.Reply(in.token(), new Answer.NotFound(message)));
            return;
        }
        Audits.note(in, frame);
        delays.reset(in.app(), frame);
        frame.emit(new Effect.Reply(in.token(), new Answer.Done()));
    }

    private void converge(Frame frame) {
        int looks = 0;
        for (@Nullable AppPath app = frame.nextTouched().orElse(null);
                app != null;
                app = frame.nextTouched().orElse(null)) {
            deployments.converge(app, frame);
            Invariant.check(++looks < MOST_LOOKS, "an app's target is never reached in one step", app);
        }
    }
}
