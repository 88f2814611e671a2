package org.nucleus.chronos.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.nucleus.chronos.core.launch.Launches;
import org.nucleus.chronos.core.launch.OfferDemand;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Demand;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.scheduler.Call;

/**
 * Brings our records and the master's into line: on every subscription, periodically, and soon after a launch that
 * nobody has confirmed. Nothing is sent again from a table; we ask, and the answers decide.
 */
public final class Reconciliation {
    private static final Duration LOST_CALL_PAUSE = Duration.ofSeconds(2);

    private final ChronosSettings settings;

    public Reconciliation(ChronosSettings settings) {
        this.settings = settings;
    }

    /** A master took us: say what we want, ask for all our tasks, repeat unfinished kills. */
    public void subscribed(FrameworkId framework, Frame frame) {
        if (!frame.state().framework().filter(framework::equals).isPresent()) {
            frame.record(new Change.FrameworkNamed(framework));
        }
        tell(frame);
        wake(frame);
    }

    public void disconnected(Frame frame) {
        frame.record(new Change.DemandChanged(Demand.UNHEARD));
    }

    /** The master has forgotten us for good. The runs of the old framework turn out to be gone when asked about. */
    public void frameworkRemoved(Frame frame) {
        frame.record(new Change.FrameworkForgotten());
        frame.record(new Change.DemandChanged(Demand.UNHEARD));
        frame.emit(new Effect.Resubscribe(null));
    }

    /** The periodic reconciliation: whatever was lost meanwhile is said again. */
    public void everything(Frame frame) {
        if (frame.state().demand() != Demand.UNHEARD) {
            tell(frame);
        }
        wake(frame);
    }

    /**
     * A call is lost, perhaps one of many: soon we begin another subscription, so that it makes no difference which. A
     * lost DECLINE would tie up what was offered, a lost REVIVE would leave us waiting.
     */
    public void callLost(Frame frame) {
        frame.emit(new Effect.Wake(new Alarm.ReconnectDue(), frame.now().plus(LOST_CALL_PAUSE)));
    }

    public void reconnect(Frame frame) {
        if (frame.state().demand() != Demand.UNHEARD) {
            frame.record(new Change.DemandChanged(Demand.UNHEARD));
            frame.emit(new Effect.Resubscribe(frame.state().framework().orElse(null)));
        }
    }

    /** Launches that are still unconfirmed. A master that waits for an agent does not answer: we ask again. */
    public void confirm(Frame frame) {
        Instant before = frame.now().minus(Launches.CONFIRMED_WITHIN);
        List<Run> launching = frame.state().launched().stream()
                .filter(run -> run.progress() instanceof Progress.Launching)
                .toList();
        if (launching.isEmpty()) {
            return;
        }
        if (frame.state().demand() != Demand.UNHEARD) {
            ask(launching.stream().filter(run -> launchedBefore(run, before)).toList(), frame);
        }
        frame.emit(new Effect.Wake(new Alarm.ConfirmDue(), frame.now().plus(Launches.CONFIRMED_WITHIN)));
    }

    /**
     * The acceptance of an offer was answered with an error: ask what became of its tasks. Without an answer it may
     * still arrive, so the connection is given up first; the master takes no call of an earlier one.
     */
    public void launchRefused(List<TaskId> tasks, boolean answered, Frame frame) {
        if (!answered) {
            reconnect(frame);
            return;
        }
        ask(tasks.stream().flatMap(task -> frame.state().run(task).stream()).toList(), frame);
    }

    /** Whether we want offers, all tasks that we know, any that the master knows beside them, and who is to die. */
    private void tell(Frame frame) {
        OfferDemand.declare(settings, frame);
        ask(frame.state().launched(), frame);
        reconcile(List.of(), frame);
        frame.state().launched().stream().filter(Run::killing).forEach(run -> Runs.sendKill(run, frame));
    }

    private void wake(Frame frame) {
        frame.emit(new Effect.Wake(new Alarm.ReconcileDue(), frame.now().plus(settings.reconciliationInterval())));
    }

    private static boolean launchedBefore(Run run, Instant instant) {
        return run.progress() instanceof Progress.Launching launching
                && !launching.at().isAfter(instant);
    }

    private static void ask(List<Run> runs, Frame frame) {
        if (!runs.isEmpty()) {
            reconcile(
                    runs.stream()
                            .map(run -> new Call.Reconcile.Task(
                                    run.task(), run.agent().orElse(null)))
                            .toList(),
                    frame);
        }
    }

    private static void reconcile(List<Call.Reconcile.Task> tasks, Frame frame) {
        frame.send(Call.builder()
                .type(Call.Type.RECONCILE)
                .reconcile(new Call.Reconcile(tasks))
                .build());
    }
}
