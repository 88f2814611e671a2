package org.nucleus.chronos.core.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.nucleus.chronos.core.overlap.Overlaps;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Alarm;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Effect;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.RunKey;

/** The firings of schedules: each becomes a run, or is part of a record that says why it did not. */
public final class Firings {
    private final Runs runs;

    public Firings(Runs runs) {
        this.runs = runs;
    }

    /** Sets the alarm for the next firing of a scheduled job that is neither disabled nor paused. */
    public static void wake(Job job, Frame frame) {
        if (job.plan() instanceof Plan.Scheduled plan && fires(job)) {
            plan.schedule()
                    .next(plan.position())
                    .ifPresent(due -> frame.emit(new Effect.Wake(new Alarm.JobDue(job.name()), due)));
        }
    }

    /** A schedule's alarm: starts what is due, records what was missed, and moves on. */
    public void due(String name, Frame frame) {
        Job job = frame.state().job(name).orElse(null);
        if (job == null || !fires(job) || !(job.plan() instanceof Plan.Scheduled plan)) {
            return;
        }
        if (job.spec().policy().catchUp() == Policy.CatchUp.ALL) {
            fireAll(job, frame);
            return;
        }
        plan.schedule().due(plan.position(), frame.now()).ifPresent(due -> fire(job, plan.schedule(), due, frame));
        frame.state().job(name).ifPresent(moved -> wake(moved, frame));
    }

    /** One run for each firing that is due, as many as may wait; the end of a run makes room for more. */
    private void fireAll(Job job, Frame frame) {
        Job moved = passed(job, frame);
        while (!Overlaps.full(moved, frame)) {
            Plan.Scheduled plan = (Plan.Scheduled) moved.plan();
            Optional<Schedule.Due> due = plan.schedule().earliest(plan.position(), frame.now());
            if (due.isEmpty()) {
                wake(moved, frame);
                return;
            }
            fire(moved, plan.schedule(), due.get(), frame);
            moved = frame.state().job(job.name()).orElseThrow();
        }
    }

    /** Firings whose deadline is over are one record, however many they are. */
    private Job passed(Job job, Frame frame) {
        Plan.Scheduled plan = (Plan.Scheduled) job.plan();
        Optional<Schedule.Due> late = job.spec()
                .policy()
                .deadline()
                .flatMap(deadline ->
                        plan.schedule().due(plan.position(), frame.now().minus(deadline)));
        if (late.isEmpty()) {
            return job;
        }
        Position moved = late.get().moved().without(late.get().missed());
        frame.record(new Change.JobStored(job.withPlan(new Plan.Scheduled(plan.schedule(), moved))));
        runs.missed(missed(job, late.get().firstMissed()), tooLate(job, late.get()), frame);
        return frame.state().job(job.name()).orElseThrow();
    }

    private void fire(Job job, Schedule schedule, Schedule.Due due, Frame frame) {
        frame.record(new Change.JobStored(job.withPlan(new Plan.Scheduled(schedule, due.moved()))));
        Optional<Duration> deadline = job.spec().policy().deadline();
        if (deadline.filter(late -> frame.now().isAfter(due.nominal().plus(late)))
                .isPresent()) {
            runs.missed(missed(job, due.firstMissed()), tooLate(job, due), frame);
            return;
        }
        if (due.missed() > 0) {
            String message = counted(due.missed(), due) + " passed before this leader could run the job; the one of "
                    + due.nominal() + " runs instead.";
            runs.missed(missed(job, due.firstMissed()), message, frame);
        }
        runs.start(job, new RunKey(job.name(), job.since(), Cause.SCHEDULE, due.nominal(), 0), frame);
    }

    private static String tooLate(Job job, Schedule.Due due) {
        String deadline = job.spec().policy().deadline().orElseThrow().toString();
        return counted(due.missed() + 1, due) + " passed more than " + deadline
                + " before this leader could run the job.";
    }

    private static RunKey missed(Job job, Instant first) {
        return new RunKey(job.name(), job.since(), Cause.SCHEDULE, first, 0);
    }

    private static String counted(long firings, Schedule.Due due) {
        return firings + (firings == 1 ? " firing" : " firings") + " from " + due.firstMissed() + " on";
    }

    private static boolean fires(Job job) {
        return !job.spec().disabled() && !job.spec().policy().paused();
    }
}
