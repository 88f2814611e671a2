package org.nucleus.chronos.core.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.nucleus.chronos.core.launch.OfferDemand;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Outcome;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.wire.scheduler.Call;

/**
 * When runs begin and end, and what follows from it. Every run that is due becomes a record, also one that is
 * skipped.
 */
public final class Runs {
    /** Runs of one job that may wait for offers at a time; more are skipped, so that the queue is bounded. */
    private static final int WAITING_MOST = 100;

    private final ChronosSettings settings;

    public Runs(ChronosSettings settings) {
        this.settings = settings;
    }

    /** Sets the alarm for the next firing of a scheduled job that is enabled. */
    public void wake(Job job, Frame frame) {
        if (job.plan() instanceof Plan.Scheduled plan && !job.spec().disabled()) {
            plan.schedule()
                    .next(plan.position())
                    .ifPresent(due -> frame.emit(new Effect.Wake(new Alarm.JobDue(job.name()), due)));
        }
    }

    /** A schedule's alarm: starts what is due, records what was missed, and moves on. */
    public void due(String name, Frame frame) {
        Job job = frame.state().job(name).orElse(null);
        if (job == null || job.spec().disabled() || !(job.plan() instanceof Plan.Scheduled plan)) {
            return;
        }
        plan.schedule().due(plan.position(), frame.now()).ifPresent(due -> fire(job, plan.schedule(), due, frame));
        frame.state().job(name).ifPresent(moved -> wake(moved, frame));
    }

    /** Starts a run that somebody asked for, or that the parents caused. */
    public void start(Job job, Cause cause, String arguments, Frame frame) {
        start(job, cause, Optional.empty(), arguments, frame);
    }

    /** The delay of a retry is over. */
    public void retryDue(RunKey key, Frame frame) {
        Run run = frame.state().run(key).orElse(null);
        if (run == null || !(run.progress() instanceof Progress.Delayed delayed)) {
            return;
        }
        if (frame.now().isBefore(delayed.until())) {
            frame.emit(new Effect.Wake(new Alarm.RetryDue(key), delayed.until()));
            return;
        }
        Job job = frame.state().job(run.job()).orElseThrow();
        Optional<String> obstacle = obstacle(job, frame);
        if (obstacle.isPresent()) {
            end(run, Outcome.SKIPPED, obstacle.get(), frame.now(), frame);
            giveUp(job.name(), frame);
            return;
        }
        requeue(run, frame);
    }

    /** Puts a run (back) into the queue, under an id of its own. */
    void requeue(Run run, Frame frame) {
        var task = TaskIds.fresh(run.job(), run.key().attempt(), run.arguments(), frame);
        frame.record(new Change.RunStored(run.requeued(task)));
        OfferDemand.raise(frame);
    }

    void succeeded(Run run, String message, Instant at, Frame frame) {
        end(run, Outcome.SUCCEEDED, message, at, frame);
        markSuccess(run.job(), frame);
    }

    /** The job has succeeded, by a run or by somebody's word: counts it and triggers the children. */
    public void markSuccess(String name, Frame frame) {
        frame.state().job(name).ifPresent(job -> {
            frame.record(new Change.JobStored(job.withTally(job.tally().succeeded(stamp(frame)))));
            disableIfExhausted(name, frame);
            triggerChildren(name, frame);
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
            retry(run, frame);
        } else {
            giveUp(run.job(), frame);
        }
    }

    /** A run was killed: a failure in the figures, and never tried again. */
    void killed(Run run, String message, Frame frame) {
        end(run, Outcome.KILLED, message, frame.now(), frame);
        giveUp(run.job(), frame);
    }

    /** Kills what runs of a job. Said again to the master on every connection until it is so. */
    public void kill(String job, Frame frame) {
        for (Run run : frame.state().runsOf(job)) {
            if (run.launched()) {
                frame.record(new Change.RunStored(run.beingKilled()));
                sendKill(run, frame);
            }
        }
    }

    /** Gives up every run of a job that is about to be removed. */
    public void abandon(String job, Frame frame) {
        for (Run run : frame.state().runsOf(job)) {
            if (run.launched()) {
                sendKill(run, frame);
            }
            end(run, Outcome.KILLED, "The job was deleted.", frame.now(), frame);
        }
    }

    /** A job is disabled: what has not been launched, and was not asked for by hand, is not launched any more. */
    public void withdraw(String job, Frame frame) {
        for (Run run : frame.state().runsOf(job)) {
            if (!run.launched() && run.key().cause() != Cause.MANUAL) {
                end(run, Outcome.SKIPPED, "The job was disabled.", frame.now(), frame);
            }
        }
    }

    static void sendKill(Run run, Frame frame) {
        frame.send(Call.builder()
                .type(Call.Type.KILL)
                .kill(new Call.Kill(run.task(), run.agent().orElse(null), null))
                .build());
    }

    private void fire(Job job, Schedule schedule, Schedule.Due due, Frame frame) {
        frame.record(new Change.JobStored(job.withPlan(new Plan.Scheduled(schedule, due.moved()))));
        if (due.missed() > 0) {
            recordMissed(job, due, frame);
        }
        start(job, Cause.SCHEDULE, Optional.of(due.nominal()), "", frame);
    }

    private void recordMissed(Job job, Schedule.Due due, Frame frame) {
        RunKey key = new RunKey(job.name(), job.since(), Cause.SCHEDULE, due.firstMissed(), 0);
        String message = due.missed() + (due.missed() == 1 ? " firing" : " firings") + " from " + due.firstMissed()
                + " on passed before this leader could run the job; the one of " + due.nominal() + " runs instead.";
        Run run = newRun(key, "", frame);
        end(run, Outcome.MISSED, message, frame.now(), frame);
    }

    private void start(Job job, Cause cause, Optional<Instant> nominal, String arguments, Frame frame) {
        Instant stamp = Instant.ofEpochMilli(Math.max(
                frame.now().toEpochMilli(),
                frame.state().job(job.name()).orElseThrow().lastStamp() + 1));
        RunKey key = new RunKey(job.name(), job.since(), cause, nominal.orElse(stamp), 0);
        Optional<String> obstacle = cause == Cause.MANUAL ? overlap(job, frame) : obstacle(job, frame);
        Run run = newRun(key, arguments, frame);
        if (obstacle.isPresent()) {
            end(run, Outcome.SKIPPED, obstacle.get(), frame.now(), frame);
            disableIfExhausted(job.name(), frame);
            return;
        }
        frame.record(new Change.RunStored(run));
        OfferDemand.raise(frame);
    }

    private static Run newRun(RunKey key, String arguments, Frame frame) {
        var task = TaskIds.fresh(key.job(), key.attempt(), arguments, frame);
        return new Run(key, task, stamp(frame), arguments, 0, false, new Progress.Queued());
    }

    private Optional<String> obstacle(Job job, Frame frame) {
        return job.spec().disabled() ? Optional.of("The job was disabled.") : overlap(job, frame);
    }

    /** Why a run may not begin beside those that there are. A retry that waits for its time is in nobody's way. */
    private static Optional<String> overlap(Job job, Frame frame) {
        List<Run> others = frame.state().runsOf(job.name()).stream()
                .filter(run -> !(run.progress() instanceof Progress.Delayed))
                .toList();
        if (!job.spec().concurrent() && !others.isEmpty()) {
            return Optional.of(
                    "Skipped: the run " + others.getFirst().task() + " was not over, and concurrent is false.");
        }
        long waiting = others.stream().filter(Run::queued).count();
        return waiting < WAITING_MOST
                ? Optional.empty()
                : Optional.of("Skipped: " + waiting + " runs of the job wait for resources already.");
    }

    private void retry(Run run, Frame frame) {
        Instant until = stamp(frame).plus(settings.failureRetry());
        RunKey key = run.key().nextAttempt();
        var task = TaskIds.fresh(key.job(), key.attempt(), run.arguments(), frame);
        frame.record(new Change.RunStored(
                new Run(key, task, until, run.arguments(), 0, false, new Progress.Delayed(until))));
        frame.emit(new Effect.Wake(new Alarm.RetryDue(key), until));
    }

    private void giveUp(String name, Frame frame) {
        Job job = frame.state().job(name).orElseThrow();
        Job counted = job.withTally(job.tally().failed(stamp(frame)));
        frame.record(new Change.JobStored(counted));
        int most = settings.disableAfterFailures();
        if (most > 0 && counted.tally().errorsSinceLastSuccess() >= most) {
            disable(counted, frame);
        }
        disableIfExhausted(name, frame);
        if (job.spec().softError()) {
            triggerChildren(name, frame);
        }
    }

    /** A job whose recurrences are used up is disabled once its last run is over. Source: JobScheduler.scala. */
    private void disableIfExhausted(String name, Frame frame) {
        Job job = frame.state().job(name).orElseThrow();
        if (job.plan() instanceof Plan.Scheduled plan
                && plan.position().exhausted()
                && !job.spec().disabled()
                && frame.state().runsOf(name).isEmpty()) {
            disable(job, frame);
        }
    }

    private void disable(Job job, Frame frame) {
        frame.record(new Change.JobStored(job.withSpec(job.spec().withDisabled(true))));
        withdraw(job.name(), frame);
    }

    /** Counts the success at every child, and starts those whose parents have now all succeeded. */
    private void triggerChildren(String parent, Frame frame) {
        for (String name : frame.state().childrenOf(parent)) {
            Job child = frame.state().job(name).orElseThrow();
            Plan.Dependent counted = ((Plan.Dependent) child.plan()).succeeded(parent);
            boolean starts = counted.ready() && !child.spec().disabled();
            Job stored = child.withPlan(starts ? counted.cleared() : counted);
            frame.record(new Change.JobStored(stored));
            if (starts) {
                start(stored, Cause.PARENTS, "", frame);
            }
        }
    }

    private static void end(Run run, Outcome outcome, String message, Instant at, Frame frame) {
        Instant earliest = run.started().orElse(run.enqueued());
        Instant ended = at.isBefore(earliest) ? earliest : at;
        frame.record(new Change.RunStored(run.ended(outcome, ended.truncatedTo(ChronoUnit.MILLIS), message)));
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
