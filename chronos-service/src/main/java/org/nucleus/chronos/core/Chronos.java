package org.nucleus.chronos.core;

import java.time.Duration;
import java.time.Instant;
import org.nucleus.chronos.core.job.Jobs;
import org.nucleus.chronos.core.launch.Launches;
import org.nucleus.chronos.core.launch.OfferDemand;
import org.nucleus.chronos.core.run.Firings;
import org.nucleus.chronos.core.run.Reconciliation;
import org.nucleus.chronos.core.run.Reports;
import org.nucleus.chronos.core.run.Runs;
import org.nucleus.chronos.core.run.StatusUpdates;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.ChronosState;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Step;

/**
 * The scheduler of one term of leadership. Its first input is {@link ChronosInput.Elected}; it is never used for
 * another.
 */
public final class Chronos implements Machine<ChronosInput, Change.Durable, Effect> {
    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final ChronosSettings settings;
    private final ChronosState state = new ChronosState();
    private final Runs runs;
    private final Firings firings;
    private final Reports reports;
    private final Jobs jobs;
    private final Launches launches;
    private final StatusUpdates updates;
    private final Reconciliation reconciliation;

    public Chronos(ChronosSettings settings) {
        this.settings = settings;
        this.runs = new Runs(settings);
        this.firings = new Firings(runs);
        this.reports = new Reports(runs);
        this.jobs = new Jobs(settings, runs);
        this.launches = new Launches(settings);
        this.updates = new StatusUpdates(runs);
        this.reconciliation = new Reconciliation(settings);
    }

    @Override
    public Step<Change.Durable, Effect> step(Instant now, ChronosInput input) {
        Frame frame = new Frame(state, now);
        decide(input, frame);
        OfferDemand.settle(settings, frame);
        return frame.step();
    }

    private void decide(ChronosInput input, Frame frame) {
        switch (input) {
            case ChronosInput.Elected elected -> recover(elected, frame);
            case ChronosInput.Subscribed in -> reconciliation.subscribed(in.framework(), frame);
            case ChronosInput.Disconnected _ -> reconciliation.disconnected(frame);
            case ChronosInput.FrameworkRemoved _ -> reconciliation.frameworkRemoved(frame);
            case ChronosInput.OffersReceived in -> launches.offered(in.offers(), frame);
            case ChronosInput.StatusReceived in -> updates.received(in.status(), frame);
            case ChronosInput.LaunchRefused in -> reconciliation.launchRefused(in.tasks(), in.answered(), frame);
            case ChronosInput.CallLost _ -> reconciliation.callLost(frame);
            case ChronosInput.TimerFired in -> fired(in.alarm(), frame);
            case ChronosInput.PutJob in -> jobs.put(in, frame);
            case ChronosInput.DeleteJob in -> jobs.delete(in, frame);
            case ChronosInput.RunJob in -> jobs.run(in, frame);
            case ChronosInput.Backfill in -> jobs.backfill(in, frame);
            case ChronosInput.PauseJob in -> jobs.pause(in, frame);
            case ChronosInput.MarkSuccess in -> jobs.markSuccess(in, frame);
            case ChronosInput.KillTasks in -> jobs.killTasks(in, frame);
            case ChronosInput.ReportResult in -> reports.result(in, frame);
            case ChronosInput.ReportProgress in -> reports.progress(in, frame);
        }
    }

    private void fired(Alarm alarm, Frame frame) {
        switch (alarm) {
            case Alarm.JobDue due -> firings.due(due.job(), frame);
            case Alarm.RetryDue due -> runs.retryDue(due.run(), frame);
            case Alarm.DeadlineDue due -> runs.deadlineDue(due.run(), frame);
            case Alarm.ReportDue due -> runs.reportDue(due.run(), frame);
            case Alarm.ReconcileDue _ -> reconciliation.everything(frame);
            case Alarm.ReconnectDue _ -> reconciliation.reconnect(frame);
            case Alarm.ConfirmDue _ -> reconciliation.confirm(frame);
            case Alarm.PruneDue _ -> prune(frame);
        }
    }

    private void recover(ChronosInput.Elected elected, Frame frame) {
        state.recover(elected);
        state.jobs().forEach(job -> Firings.wake(job, frame));
        state.live().forEach(run -> runs.watch(run, frame));
        frame.emit(new Effect.Wake(new Alarm.ConfirmDue(), frame.now().plus(Launches.CONFIRMED_WITHIN)));
        frame.emit(new Effect.Wake(new Alarm.PruneDue(), frame.now().plus(PRUNE_EVERY)));
    }

    private void prune(Frame frame) {
        frame.record(new Change.HistoryPruned(frame.now().minus(settings.historyRetention()), settings.historyMost()));
        frame.emit(new Effect.Wake(new Alarm.PruneDue(), frame.now().plus(PRUNE_EVERY)));
    }
}
