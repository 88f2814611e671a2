package org.nucleus.chronos.core.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.chronos.core.run.Runs;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.chronos.core.state.Answer;
import org.nucleus.chronos.core.state.Cause;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Overrides;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;

/** Runs for the firings of a time that is over. Each carries its nominal time, so that the task knows its slot. */
final class Backfills {
    /** Runs that one call may ask for, and that may wait of one job. */
    private static final int MOST = 1_000;

    private Backfills() {}

    static Answer fill(Job job, ChronosInput.Backfill in, Runs runs, Frame frame) {
        if (!(job.plan() instanceof Plan.Scheduled plan)) {
            return new Answer.Refused("Job '" + job.name() + "' has no schedule to fill from");
        }
        if (!in.from().isBefore(in.to()) || in.to().isAfter(frame.now())) {
            return new Answer.Refused("'from' must be before 'to', and 'to' not in the future");
        }
        Optional<List<Instant>> firings = firings(plan.schedule(), in.from(), in.to());
        long waiting = frame.state().runsOf(job.name()).stream()
                .filter(run -> run.key().cause() == Cause.BACKFILL)
                .count();
        if (firings.isEmpty() || firings.get().size() + waiting > MOST) {
            return new Answer.Refused("At most " + MOST + " runs can be filled in at a time; " + waiting
                    + " are waiting, and the schedule fires too often from " + in.from() + " to " + in.to());
        }
        Instant asked = Runs.keyNow(job, Cause.BACKFILL, frame).nominal();
        for (Instant firing : firings.get()) {
            RunKey key = new RunKey(job.name(), asked, Cause.BACKFILL, firing, 0);
            runs.start(job, key, new Run.Request("", Overrides.NONE, Runs.pass(key) + "|" + asked), frame);
        }
        return new Answer.Filled(firings.get().size());
    }

    /** Empty if there are too many. */
    private static Optional<List<Instant>> firings(Schedule schedule, Instant from, Instant to) {
        List<Instant> firings = new ArrayList<>();
        long place = schedule.firstAfter(from.minusNanos(1));
        for (Instant at = schedule.at(place).orElse(to);
                at.isBefore(to);
                at = schedule.at(place).orElse(to)) {
            if (firings.size() >= MOST) {
                return Optional.empty();
            }
            firings.add(at);
            place = schedule.following(place);
        }
        return Optional.of(firings);
    }
}
