package org.nucleus.chronos.core.job;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.nucleus.chronos.core.run.Firings;
import org.nucleus.chronos.core.run.Runs;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.machine.Invariant;

/** What goes with a job that is deleted, and what becomes of those that depend on it. */
final class Deletions {
    private final Runs runs;

    Deletions(Runs runs) {
        this.runs = runs;
    }

    Answer delete(String name, ChronosInput.Children choice, Frame frame) {
        List<String> children = frame.state().childrenOf(name);
        switch (choice) {
            case REPARENT -> children.forEach(child -> reparent(child, name, frame));
            case ORPHAN -> children.forEach(child -> orphan(child, name, frame));
            case CASCADE -> cascade(name, frame);
            case REFUSE -> {
                if (!children.isEmpty()) {
                    return new Answer.Refused("Job '" + name + "' is a parent of " + String.join(", ", children)
                            + "; choose children=reparent, orphan or cascade");
                }
            }
        }
        remove(name, frame);
        return new Answer.Done();
    }

    private void remove(String name, Frame frame) {
        runs.abandon(frame.state().job(name).orElseThrow(), frame);
        frame.record(new Change.JobRemoved(name));
    }

    /**
     * Children of a dependent job get its parents in its place; children that have only this scheduled job for a parent
     * inherit its schedule and keep everything else; the others lose a parent. Source: JobScheduler.scala,
     * deregisterJob.
     */
    private static void reparent(String name, String parent, Frame frame) {
        Job child = frame.state().job(name).orElseThrow();
        Job gone = frame.state().job(parent).orElseThrow();
        SequencedSet<String> others = others(child, parent);
        switch (gone.plan()) {
            case Plan.Dependent grand -> {
                others.addAll(grand.parents());
                store(child, others, frame);
            }
            case Plan.Scheduled scheduled -> {
                if (others.isEmpty()) {
                    begin(child, scheduled, frame);
                } else {
                    store(child, others, frame);
                }
            }
        }
    }

    /** A child without any other parent keeps no way to start by itself: a schedule that never fires. */
    private static void orphan(String name, String parent, Frame frame) {
        Job child = frame.state().job(name).orElseThrow();
        SequencedSet<String> others = others(child, parent);
        if (others.isEmpty()) {
            begin(child.withSpec(child.spec().withDisabled(true)), never(frame), frame);
        } else {
            store(child, others, frame);
        }
    }

    private void cascade(String parent, Frame frame) {
        for (String name : frame.state().childrenOf(parent)) {
            Job child = frame.state().job(name).orElseThrow();
            SequencedSet<String> others = others(child, parent);
            if (others.isEmpty()) {
                cascade(name, frame);
                remove(name, frame);
            } else {
                store(child, others, frame);
            }
        }
    }

    private static SequencedSet<String> others(Job child, String parent) {
        SequencedSet<String> others = new LinkedHashSet<>(child.parents());
        others.remove(parent);
        return others;
    }

    private static void store(Job child, SequencedSet<String> parents, Frame frame) {
        frame.record(new Change.JobStored(child.withPlan(((Plan.Dependent) child.plan()).withParents(parents))));
    }

    private static void begin(Job child, Plan.Scheduled plan, Frame frame) {
        Job scheduled = new Job(child.spec(), Runs.stamp(frame), plan, child.tally(), child.lastStamp());
        frame.record(new Change.JobStored(scheduled));
        Firings.wake(scheduled, frame);
    }

    private static Plan.Scheduled never(Frame frame) {
        Instant now = Runs.stamp(frame);
        Schedule.Parsed parsed = Schedule.parse("R0/" + now + "/PT24H", "", now);
        Invariant.check(parsed instanceof Schedule.Parsed.Valid, "an empty schedule cannot be read");
        Schedule schedule = ((Schedule.Parsed.Valid) parsed).schedule();
        return new Plan.Scheduled(schedule, schedule.beginning());
    }
}
