package org.nucleus.chronos.core.overlap;

import java.util.Optional;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Policy;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;

/** Whether runs of one job may be, and may go on, at the same time. */
public final class Overlaps {
    /** Runs of one job that may wait for offers at a time; more are skipped, so that the queue is bounded. */
    private static final int WAITING_MOST = 100;

    private Overlaps() {}

    /** Why a run may not begin beside those that there are. A retry that waits for its time is in nobody's way. */
    public static Optional<String> obstacle(Job job, Cause cause, Frame frame) {
        if (cause == Cause.BACKFILL) {
            return Optional.empty();
        }
        boolean skips = job.spec().overlap() == Policy.Overlap.SKIP;
        long waiting = 0;
        for (Run other : frame.state().runsOf(job.name())) {
            boolean filling = other.queued() && other.key().cause() == Cause.BACKFILL;
            if (filling || other.progress() instanceof Progress.Delayed) {
                continue;
            }
            if (skips) {
                return Optional.of("Skipped: the run " + other.task() + " was not over, and concurrent is false.");
            }
            waiting += other.queued() ? 1 : 0;
        }
        return waiting < WAITING_MOST || job.spec().overlap() == Policy.Overlap.REPLACE
                ? Optional.empty()
                : Optional.of("Skipped: " + waiting + " runs of the job wait for resources already.");
    }

    /** Whether no more runs of a job that has to catch up may wait. */
    public static boolean full(Job job, Frame frame) {
        return frame.state().runsOf(job.name()).stream().filter(Run::queued).count() >= WAITING_MOST;
    }

    /** Whether a run that waits for an offer is to wait longer, whatever is offered. */
    public static boolean held(Run run, Job job, Frame frame) {
        if (job.spec().policy().paused() && run.key().cause() != Cause.MANUAL) {
            return true;
        }
        return job.spec().overlap() != Policy.Overlap.ALLOW
                && frame.state().runsOf(job.name()).stream().anyMatch(Run::active);
    }
}
