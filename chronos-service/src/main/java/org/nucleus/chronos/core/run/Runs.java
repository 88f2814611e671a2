package org.nucleus.chronos.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.nucleus.chronos.core.launch.OfferDemand;
import org.nucleus.chronos.core.overlap.Overlaps;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Overrides;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.wire.scheduler.Call;

/** How runs begin and end, and what follows from it. Every run becomes a record, also one that is skipped. */
public final class Runs {
    private final ChronosSettings settings;
    private final Notices notices;

    public Runs(ChronosSettings settings) {
        this.settings = settings;
        this.notices = new Notices(settings);
    }

    /** Starts a run with nothing asked for beyond what the job says; it is the beginning of a pass over the graph. */
    void start(Job job, RunKey key, Frame frame) {
        start(job, key, new Run.Request("", Overrides.NONE, pass(key)), frame);
    }

    /** Starts a run, or records that it was skipped. */
    public Run start(Job job, RunKey key, Run.Request request, Frame frame) {
        Optional<String> obstacle = obstacle(job, key.cause(), frame);
        var task = TaskIds.fresh(key.job(), key.attempt(), request.arguments(), frame);
        Run run = Run.queued(key, task, stamp(frame), request);
        if (obstacle.isPresent()) {
            return skipped(run, obstacle.get(), frame);
        }
        if (job.spec().overlap() == Policy.Overlap.REPLACE && key.cause() != Cause.BACKFILL) {
            replace(run, frame);
        }
        frame.record(new Change.RunStored(run));
        OfferDemand.raise(frame);
        watch(run, frame);
        return run;
    }

    /** The key of a run that belongs to no firing: named by a time at which the job had no other. */
    public static RunKey keyNow(Job job, Cause cause, Frame frame) {
        long last = frame.state().job(job.name()).orElseThrow().lastStamp();
        Instant stamp = Instant.ofEpochMilli(Math.max(frame.now().toEpochMilli(), last + 1));
        return new RunKey(job.name(), job.since(), cause, stamp, 0);
    }

    /** The name of the pass that begins with a run. */
    public static String pass(RunKey key) {
        return key.job() + "|" + key.cause() + "|" + key.nominal();
    }

    /** Sets the alarms of a run that an earlier leader left. */
    public void watch(Run run, Frame frame) {
        switch (run.progress()) {
            case Progress.Delayed delayed ->
                frame.emit(new Effect.Wake(new Alarm.RetryDue(run.key()), delayed.until()));
            case Progress.Queued _ ->
                deadline(run, frame).ifPresent(at -> frame.emit(new Effect.Wake(new Alarm.DeadlineDue(run.key()), at)));
            case Progress.Reporting reporting ->
                reportBy(run, reporting, frame)
                        .ifPresent(at -> frame.emit(new Effect.Wake(new Alarm.ReportDue(run.key()), at)));
            case Progress.Launching _, Progress.Running _, Progress.Ended _ -> {
                // the master tells what becomes of these
            }
        }
    }

    /** The delay of a retry is over. */
    public void retryDue(RunKey key, Frame frame) {
        Run run = frame.state().run(key).orElse(null);
        if (run == null || !(run.progress() instanceof Progress.Delayed delayed)) {
            return;
        }
        if (frame.now().isBefore(delayed.until())) {
            watch(run, frame);
            return;
        }
        Job job = frame.state().job(run.job()).orElseThrow();
        Optional<String> obstacle = obstacle(job, key.cause(), frame);
        if (obstacle.isPresent()) {
            end(run, Outcome.SKIPPED, obstacle.get(), frame.now(), frame);
            giveUp(run, obstacle.get(), frame);
            return;
        }
        requeue(run, frame);
    }

    /** A run that waited for an offer until it was too late. */
    public void deadlineDue(RunKey key, Frame frame) {
        Run run = frame.state().run(key).filter(Run::queued).orElse(null);
        Instant at = run == null ? null : deadline(run, frame).orElse(null);
        if (run == null || at == null) {
            return;
        }
        if (frame.now().isBefore(at)) {
            watch(run, frame);
            return;
        }
        Job job = frame.state().job(run.job()).orElseThrow();
        String message = "No offer sufficed until " + at + ", the latest that the run might begin.";
        end(run, Outcome.MISSED, message, frame.now(), frame);
        notices.raise(Notice.Kind.LATE, job, message, frame);
        disableIfExhausted(run.job(), frame);
    }

    /** Nobody has reported the result of an asynchronous run in time. */
    public void reportDue(RunKey key, Frame frame) {
        Run run = frame.state().run(key).orElse(null);
        if (run == null || !(run.progress() instanceof Progress.Reporting reporting)) {
            return;
        }
        Instant at = reportBy(run, reporting, frame).orElse(null);
        if (at == null || frame.now().isBefore(at)) {
            watch(run, frame);
            return;
        }
        failed(run, Outcome.FAILED, "No result was reported within maxCompletionTime.", true, frame);
    }

    /** Puts a run (back) into the queue, under an id of its own. */
    void requeue(Run run, Frame frame) {
        var task = TaskIds.fresh(run.job(), run.key().attempt(), run.request().arguments(), frame);
        frame.record(new Change.RunStored(run.requeued(task)));
        OfferDemand.raise(frame);
    }

    /** A task of the run finished. An asynchronous run goes on until its result is reported. */
    void finished(Run run, String message, Instant at, Frame frame) {
        Job job = frame.state().job(run.job()).orElseThrow();
        if (!job.spec().policy().async()) {
            succeeded(run, message, at, frame);
            return;
        }
        Integer reported = run.progress() instanceof Progress.Running running ? running.reported() : null;
        if (reported != null) {
            concluded(run, reported, frame);
            return;
        }
        Run awaiting = run.withProgress(new Progress.Reporting(
                run.agent().orElseThrow(),
                run.hostname().orElseThrow(),
                run.started().orElse(at)));
        frame.record(new Change.RunStored(awaiting));
        watch(awaiting, frame);
    }

    /** Somebody has reported the result of an asynchronous run, whose task may still go on. */
    public void reported(Run run, int status, Frame frame) {
        switch (run.progress()) {
            case Progress.Reporting _ -> concluded(run, status, frame);
            case Progress.Launching launching ->
                frame.record(new Change.RunStored(run.withProgress(
                        new Progress.Running(launching.agent(), launching.hostname(), launching.at(), status))));
            case Progress.Running running ->
                frame.record(new Change.RunStored(run.withProgress(
                        new Progress.Running(running.agent(), running.hostname(), running.started(), status))));
            case Progress.Delayed _, Progress.Queued _, Progress.Ended _ -> {
                // no task has been launched whose result this could be
            }
        }
    }

    /** The job has succeeded, by a run or by somebody's word: counts it and triggers the children. */
    public void markSuccess(String name, String message, String pass, Frame frame) {
        frame.state().job(name).ifPresent(job -> {
            boolean recovers = job.tally().lastState().equals("failure");
            Job counted = job.withTally(job.tally().succeeded(stamp(frame)));
            frame.record(new Change.JobStored(counted));
            notices.raise(Notice.Kind.SUCCESS, counted, message, frame);
            if (recovers) {
                notices.raise(Notice.Kind.RECOVERY, counted, message, frame);
            }
            disableIfExhausted(name, frame);
            trigger(counted, true, pass, frame);
        });
    }

    /**
     * A run failed. It is tried again after the delay while attempts are left; the retry is a stored run of its own, so
     * a new leader keeps it. Unlike in the original, an older failure does not forbid retries.
     */
    void failed(Run run, Outcome outcome, String message, boolean retryable, Frame frame) {
        end(run, outcome, message, frame.now(), frame);
        Job job = frame.state().job(run.job()).orElseThrow();
        if (retryable && run.key().attempt() < job.spec().retries()) {
            retry(run, job, frame);
        } else {
            giveUp(run, message, frame);
        }
    }

    /** A run was killed: a failure in the figures, and never tried again. One that was replaced is no failure. */
    void killed(Run run, String message, Frame frame) {
        if (run.kill() == Run.Kill.REPLACED) {
            end(run, Outcome.KILLED, "Replaced by the next run. " + message, frame.now(), frame);
            disableIfExhausted(run.job(), frame);
        } else {
            end(run, Outcome.KILLED, message, frame.now(), frame);
            giveUp(run, message, frame);
        }
    }

    /** The task of a run runs. */
    void running(Run run, Instant started, Frame frame) {
        Job job = frame.state().job(run.job()).orElseThrow();
        Duration late = Duration.between(run.key().nominal(), started);
        boolean timed = run.key().cause() == Cause.SCHEDULE && run.key().attempt() == 0;
        if (timed && late.compareTo(job.spec().policy().tolerated()) > 0) {
            notices.raise(Notice.Kind.LATE, job, run.task() + " began " + late + " after its time.", frame);
        }
    }

    /** Firings that no run stands for. */
    void missed(RunKey key, String message, Frame frame) {
        Job job = frame.state().job(key.job()).orElseThrow();
        var task = TaskIds.fresh(key.job(), key.attempt(), "", frame);
        Run run = Run.queued(key, task, stamp(frame), new Run.Request("", Overrides.NONE, pass(key)));
        end(run, Outcome.MISSED, message, frame.now(), frame);
        notices.raise(Notice.Kind.LATE, job, message, frame);
        disableIfExhausted(key.job(), frame);
    }

    /** Kills what runs of a job. Said again to the master on every connection until it is so. */
    public void kill(String job, Frame frame) {
        for (Run run : frame.state().runsOf(job)) {
            if (run.launched()) {
                kill(run, Run.Kill.ASKED, frame);
            } else if (run.active()) {
                killed(run, "Killed while its result was awaited.", frame);
            }
        }
    }

    /** Gives up every run of a job that is about to be removed. */
    public void abandon(Job job, Frame frame) {
        for (Run run : frame.state().runsOf(job.name())) {
            if (run.launched()) {
                sendKill(run, frame);
            }
            end(run, Outcome.KILLED, "The job was deleted.", frame.now(), frame);
        }
        notices.raise(Notice.Kind.DELETED, job, "It and what ran of it are gone.", frame);
    }

    /** A job is disabled: what has not been launched, and was not asked for by hand, is not launched any more. */
    public void withdraw(String job, Frame frame) {
        for (Run run : frame.state().runsOf(job)) {
            if (!run.active() && run.key().cause() != Cause.MANUAL) {
                end(run, Outcome.SKIPPED, "The job was disabled.", frame.now(), frame);
            }
        }
    }

    /** A job may have been resumed: its firings go on, and what its parents caused meanwhile runs. */
    public void resume(Job job, Frame frame) {
        Firings.wake(job, frame);
        String pass = pass(keyNow(job, Cause.PARENTS, frame));
        Triggers.released(job, pass, frame).ifPresent(ready -> startChild(ready, frame));
    }

    static void sendKill(Run run, Frame frame) {
        frame.send(Call.builder()
                .type(Call.Type.KILL)
                .kill(new Call.Kill(run.task(), run.agent().orElse(null), null))
                .build());
    }

    private static Optional<String> obstacle(Job job, Cause cause, Frame frame) {
        boolean asked = cause == Cause.MANUAL || cause == Cause.BACKFILL;
        return job.spec().disabled() && !asked
                ? Optional.of("The job was disabled.")
                : Overlaps.obstacle(job, cause, frame);
    }

    private Run skipped(Run run, String why, Frame frame) {
        Run ended = end(run, Outcome.SKIPPED, why, frame.now(), frame);
        disableIfExhausted(run.job(), frame);
        return ended;
    }

    /** Clears the way for a run: what has been launched is killed, what has not is not launched any more. */
    private static void replace(Run next, Frame frame) {
        String message = "Replaced by the run for " + next.key().nominal() + ".";
        for (Run run : frame.state().runsOf(next.job())) {
            if (run.launched()) {
                kill(run, Run.Kill.REPLACED, frame);
            } else {
                end(run, run.active() ? Outcome.KILLED : Outcome.SKIPPED, message, frame.now(), frame);
            }
        }
    }

    private static void kill(Run run, Run.Kill why, Frame frame) {
        frame.record(new Change.RunStored(run.beingKilled(run.killing() ? run.kill() : why)));
        sendKill(run, frame);
    }

    private void concluded(Run run, int status, Frame frame) {
        String message = "The reported result is " + status + ".";
        if (status == 0) {
            succeeded(run, message, frame.now(), frame);
        } else {
            failed(run, Outcome.FAILED, message, true, frame);
        }
    }

    private void succeeded(Run run, String message, Instant at, Frame frame) {
        end(run, Outcome.SUCCEEDED, message, at, frame);
        markSuccess(run.job(), message, run.request().pass(), frame);
    }

    /** Until when a run must have begun; only its first attempt at a firing is bound to the clock. */
    private static Optional<Instant> deadline(Run run, Frame frame) {
        return run.key().cause() == Cause.SCHEDULE && run.key().attempt() == 0
                ? frame.state()
                        .job(run.job())
                        .flatMap(job -> job.spec().policy().deadline())
                        .map(run.key().nominal()::plus)
                : Optional.empty();
    }

    private static Optional<Instant> reportBy(Run run, Progress.Reporting reporting, Frame frame) {
        return frame.state()
                .job(run.job())
                .map(job -> job.spec().maxCompletionTime())
                .filter(seconds -> seconds > 0)
                .map(reporting.started()::plusSeconds);
    }

    private void retry(Run run, Job job, Frame frame) {
        Duration delay = job.spec().policy().backoff().before(run.key().attempt(), settings.failureRetry());
        var task =
                TaskIds.fresh(run.job(), run.key().attempt() + 1, run.request().arguments(), frame);
        Run retry = run.retried(task, stamp(frame).plus(delay));
        frame.record(new Change.RunStored(retry));
        watch(retry, frame);
    }

    /** No attempt is left. */
    private void giveUp(Run run, String message, Frame frame) {
        Job job = frame.state().job(run.job()).orElseThrow();
        Job counted = job.withTally(job.tally().failed(stamp(frame)));
        frame.record(new Change.JobStored(counted));
        notices.raise(Notice.Kind.FAILURE, counted, run.task() + ": " + message, frame);
        int most = settings.disableAfterFailures();
        if (most > 0 && counted.tally().errorsSinceLastSuccess() >= most) {
            disable(counted, counted.tally().errorsSinceLastSuccess() + " runs in a row have failed.", frame);
        }
        disableIfExhausted(job.name(), frame);
        trigger(counted, false, run.request().pass(), frame);
    }

    /** A job whose recurrences are used up is disabled once its last run is over. Source: JobScheduler.scala. */
    private void disableIfExhausted(String name, Frame frame) {
        Job job = frame.state().job(name).orElseThrow();
        if (job.plan() instanceof Plan.Scheduled plan
                && plan.position().exhausted()
                && !job.spec().disabled()
                && frame.state().runsOf(name).isEmpty()) {
            disable(job, "It has exhausted all of its recurrences.", frame);
        }
    }

    private void disable(Job job, String why, Frame frame) {
        frame.record(new Change.JobStored(job.withSpec(job.spec().withDisabled(true))));
        withdraw(job.name(), frame);
        notices.raise(Notice.Kind.DISABLED, job, why, frame);
    }

    private void trigger(Job parent, boolean success, String pass, Frame frame) {
        Triggers.ended(parent, success, parent.spec().softError(), pass, frame)
                .forEach(ready -> startChild(ready, frame));
    }

    private void startChild(Triggers.Ready ready, Frame frame) {
        RunKey key = keyNow(ready.job(), Cause.PARENTS, frame);
        start(ready.job(), key, new Run.Request("", Overrides.NONE, ready.pass()), frame);
    }

    /** Records the end of a run. A job that has to catch up may have waited for it. */
    private static Run end(Run run, Outcome outcome, String message, Instant at, Frame frame) {
        Instant earliest = run.started().orElse(run.enqueued());
        Instant ended = at.isBefore(earliest) ? earliest : at;
        Run over = run.ended(outcome, ended.truncatedTo(ChronoUnit.MILLIS), message);
        frame.record(new Change.RunStored(over));
        frame.state()
                .job(run.job())
                .filter(job -> job.spec().policy().catchUp() == Policy.CatchUp.ALL)
                .ifPresent(job -> Firings.wake(job, frame));
        return over;
    }

    /** Now, as exactly as it is stored. */
    public static Instant stamp(Frame frame) {
        return frame.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** How long after its time a run was ready to run. */
    public static Duration lateness(Run run) {
        return Duration.between(run.key().nominal(), run.enqueued());
    }
}
