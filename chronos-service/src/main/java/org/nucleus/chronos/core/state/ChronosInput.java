package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskStatus;

/** Anything that can happen to Chronos. */
public sealed interface ChronosInput {

    /**
     * This process leads: the first input of a machine.
     *
     * @param runs those that had not ended
     */
    record Elected(List<Job> jobs, List<Run> runs, @Nullable FrameworkId framework) implements ChronosInput {
        public Elected {
            jobs = List.copyOf(jobs);
            runs = List.copyOf(runs);
        }
    }

    /** The master took us, now or again. */
    record Subscribed(FrameworkId framework) implements ChronosInput {}

    /** No master hears us. */
    record Disconnected(String reason) implements ChronosInput {}

    /** The master has removed our framework for good: our tasks are gone, and we need a new id. */
    record FrameworkRemoved(String message) implements ChronosInput {}

    /** Offers are answered in the same step, never held: that one is rescinded needs no input. */
    record OffersReceived(List<Offer> offers) implements ChronosInput {
        public OffersReceived {
            offers = List.copyOf(offers);
        }
    }

    record StatusReceived(TaskStatus status) implements ChronosInput {}

    /**
     * The acceptance of an offer was answered with an error, or not at all.
     *
     * @param answered false if the call may still be on its way
     */
    record LaunchRefused(List<TaskId> tasks, boolean answered) implements ChronosInput {
        public LaunchRefused {
            tasks = List.copyOf(tasks);
        }
    }

    /** Another call did not reach the master, or it had no room for it. */
    record CallLost() implements ChronosInput {}

    record TimerFired(Alarm alarm) implements ChronosInput {}

    /** A call over HTTP, answered by an {@link Effect.Reply} with its number. */
    sealed interface Asked extends ChronosInput {
        long request();
    }

    /**
     * Create or replace a job.
     *
     * @param dry only say what would become of it
     */
    record PutJob(long request, JobSpec spec, Timing timing, Tally tally, boolean dry) implements Asked {}

    record DeleteJob(long request, String job, Children children) implements Asked {}

    /** Run now. */
    record RunJob(long request, String job, String arguments, Overrides overrides) implements Asked {}

    /** Run for each firing from one time, inclusive, to another, exclusive. */
    record Backfill(long request, String job, Instant from, Instant to) implements Asked {}

    /** Launch nothing, or launch again. */
    record PauseJob(long request, String job, boolean paused) implements Asked {}

    record MarkSuccess(long request, String job) implements Asked {}

    record KillTasks(long request, String job) implements Asked {}

    /** The result of an asynchronous run; 0 is success. */
    record ReportResult(long request, TaskId task, int status) implements Asked {}

    /** How much further a task has got. */
    record ReportProgress(long request, String job, TaskId task, long additional) implements Asked {}

    /** What becomes of the children of a job that is deleted. */
    enum Children {
        /** They take its place, as in the original. */
        REPARENT,
        /** They lose this parent; who has no other is disabled. */
        ORPHAN,
        /** Those that have no other parent are deleted with it, and so on. */
        CASCADE,
        /** A job that has any is not deleted. */
        REFUSE
    }

    /** When a job is asked to run. */
    sealed interface Timing {
        /** On a schedule as its author wrote it. */
        record OnSchedule(String text, String zone) implements Timing {}

        record AfterParents(List<String> parents) implements Timing {
            public AfterParents {
                parents = List.copyOf(parents);
            }
        }

        /** Neither was given: once, now. */
        record Once() implements Timing {}
    }
}
