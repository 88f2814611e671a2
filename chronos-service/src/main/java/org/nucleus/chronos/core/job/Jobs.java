package org.nucleus.chronos.core.job;

import java.time.Instant;
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
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;

/** What callers may do with jobs. Refuses first, then records. */
public final class Jobs {
    /** Firings shown of a job that is only checked. */
    private static final int FORETOLD = 5;

    private final ChronosSettings settings;
    private final Runs runs;
    private final Deletions deletions;

    public Jobs(ChronosSettings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
        this.deletions = new Deletions(runs);
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

    /** Deletes a job and gives up its runs; its children as the caller chose. */
    public void delete(ChronosInput.DeleteJob in, Frame frame) {
        if (known(in, in.job(), frame) != null) {
            frame.reply(in.request(), deletions.delete(in.job(), in.children(), frame));
        }
    }

    /** Runs a job now, also a disabled one: somebody wants it. */
    public void run(ChronosInput.RunJob in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job != null) {
            RunKey key = Runs.keyNow(job, Cause.MANUAL, frame);
            Run.Request request = new Run.Request(in.arguments(), in.overrides(), Runs.pass(key));
            frame.reply(in.request(), new Answer.Started(runs.start(job, key, request, frame)));
        }
    }

    /** Runs a scheduled job for each of its firings in the past, one after the other unless runs may overlap. */
    public void backfill(ChronosInput.Backfill in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job != null) {
            frame.reply(in.request(), Backfills.fill(job, in, runs, frame));
        }
    }

    /** Launches nothing of a job any more, or catches up with what came due meanwhile. */
    public void pause(ChronosInput.PauseJob in, Frame frame) {
        Job job = known(in, in.job(), frame);
        if (job != null) {
            Job stored = job.withSpec(job.spec().withPaused(in.paused()));
            frame.record(new Change.JobStored(stored));
            runs.resume(stored, frame);
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
            String pass = Runs.pass(Runs.keyNow(job, Cause.MANUAL, frame));
            runs.markSuccess(job.name(), "Somebody marked it as successful.", pass, frame);
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
        if (in.dry()) {
            frame.reply(in.request(), new Answer.Checked(job, firings(plan)));
            return;
        }
        frame.record(new Change.JobStored(job));
        if (job.spec().disabled()) {
            runs.withdraw(job.name(), frame);
        }
        runs.resume(job, frame);
        frame.reply(in.request(), new Answer.Done());
    }

    private static List<Instant> firings(Plan plan) {
        return plan instanceof Plan.Scheduled scheduled
                ? scheduled.schedule().upcoming(scheduled.position(), FORETOLD)
                : List.of();
    }
}
