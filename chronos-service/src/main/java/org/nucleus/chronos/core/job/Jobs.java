package org.nucleus.chronos.core.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.run.Runs;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Plan;

/** What callers may do with jobs. Refuses first, then records. */
public final class Jobs {
    private final ChronosSettings settings;
    private final Runs runs;

    public Jobs(ChronosSettings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
    }

    /** Creates a job or replaces the one of its name, wholly. */
    public void put(ChronosInput.PutJob in, Frame frame) {
        Optional<String> refusal = JobChecks.refusal(in, frame.state());
        if (refusal.isPresent()) {
            frame.reply(in.request(), new Answer.Refused(refusal.get()));
            return;
        }
        switch (in.timing()) {
            case Timing.AfterParents after -> putDependent(in, after, frame);
            case Timing.OnSchedule on -> putScheduled(in, on, frame);
            case Timing.Once _ ->
                putScheduled(in, new Timing.OnSchedule("R1/" + Runs.stamp(frame) + "/PT24H", ""), frame);
        }
    }

    /**
     * Children of a dependent job get its parents in its place; children that have only this scheduled job for a parent
     * inherit its schedule and keep everything else; the others lose a parent. Source: JobScheduler.scala,
     * deregisterJob.
     */
    public void delete(ChronosInput.DeleteJob in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job == null) {
            return;
        }
        runs.abandon(job.name(), frame);
        for (String name : frame.state().childrenOf(job.name())) {
            Job child = orphaned(frame.state().job(name).orElseThrow(), job, frame);
            frame.record(new Change.JobStored(child));
            runs.wake(child, frame);
        }
        frame.record(new Change.JobRemoved(job.name()));
        frame.reply(in.request(), new Answer.Done());
    }

    /** Runs a job now, also a disabled one: somebody wants it. */
    public void run(ChronosInput.RunJob in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job != null) {
            runs.start(job, Cause.MANUAL, in.arguments(), frame);
            frame.reply(in.request(), new Answer.Done());
        }
    }

    /**
     * Counts a success that nobody ran, and triggers the children. An unknown job is no error here, as in the
     * original.
     */
    public void markSuccess(ChronosInput.MarkSuccess in, Frame frame) {
        Job job = frame.state().job(in.job()).orElse(null);
        if (job != null) {
            if (job.plan() instanceof Plan.Dependent dependent) {
                frame.record(new Change.JobStored(job.withPlan(dependent.cleared())));
            }
            runs.markSuccess(job.name(), frame);
        }
        frame.reply(in.request(), new Answer.Marked(job != null));
    }

    public void killTasks(ChronosInput.KillTasks in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job != null) {
            runs.kill(job.name(), frame);
            frame.reply(in.request(), new Answer.Done());
        }
    }

    private static @Nullable Job known(ChronosInput.Asked in, String name, Frame frame) {
        Job job = frame.state().job(name).orElse(null);
        if (job == null) {
            frame.reply(in.request(), new Answer.Refused("Job '" + name + "' not found"));
        }
        return job;
    }

    private void putDependent(ChronosInput.PutJob in, Timing.AfterParents after, Frame frame) {
        SequencedSet<String> parents = new LinkedHashSet<>(after.parents());
        Plan plan = frame.state().job(in.spec().name()).map(Job::plan).orElse(null) instanceof Plan.Dependent before
                ? before.withParents(parents)
                : Plan.Dependent.on(parents);
        store(in, plan, Runs.stamp(frame), frame);
    }

    /**
     * The same schedule text keeps its place, so that a job that was read and is sent back changed does not begin
     * again; one whose recurrences are used up begins anew.
     */
    private void putScheduled(ChronosInput.PutJob in, Timing.OnSchedule on, Frame frame) {
        Job before = frame.state().job(in.spec().name()).orElse(null);
        if (before != null && before.plan() instanceof Plan.Scheduled plan && keepsPlace(plan, on, in.spec())) {
            store(in, plan, before.since(), frame);
            return;
        }
        Instant since = Runs.stamp(frame);
        switch (Schedule.parse(on.text(), on.zone(), since)) {
            case Schedule.Parsed.Invalid invalid -> frame.reply(in.request(), new Answer.Refused(invalid.message()));
            case Schedule.Parsed.Valid valid -> {
                Schedule schedule = valid.schedule();
                store(in, new Plan.Scheduled(schedule, schedule.beginning()), since, frame);
            }
        }
    }

    private static boolean keepsPlace(Plan.Scheduled before, Timing.OnSchedule asked, JobSpec spec) {
        boolean beginsAnew = before.position().exhausted() && !spec.disabled();
        return !beginsAnew
                && before.schedule().text().equals(asked.text())
                && before.schedule().zoneText().equals(asked.zone());
    }

    private void store(ChronosInput.PutJob in, Plan plan, Instant since, Frame frame) {
        long stamp = frame.state().job(in.spec().name()).map(Job::lastStamp).orElse(0L);
        Job job = new Job(in.spec().withDefaults(settings), since, plan, in.tally(), stamp);
        frame.record(new Change.JobStored(job));
        if (job.spec().disabled()) {
            runs.withdraw(job.name(), frame);
        }
        runs.wake(job, frame);
        frame.reply(in.request(), new Answer.Done());
    }

    private static Job orphaned(Job child, Job parent, Frame frame) {
        Plan.Dependent plan = (Plan.Dependent) child.plan();
        SequencedSet<String> parents = new LinkedHashSet<>(plan.parents());
        parents.remove(parent.name());
        return switch (parent.plan()) {
            case Plan.Dependent grand -> {
                parents.addAll(grand.parents());
                yield child.withPlan(plan.withParents(parents));
            }
            case Plan.Scheduled scheduled ->
                parents.isEmpty()
                        ? new Job(
                                child.spec(),
                                frame.now().truncatedTo(ChronoUnit.MILLIS),
                                scheduled,
                                child.tally(),
                                child.lastStamp())
                        : child.withPlan(plan.withParents(List.copyOf(parents)));
        };
    }
}
