package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.List;

/**
 * A job and everything durable about it.
 *
 * @param since when its present plan began; runs of an earlier plan of the same name are told apart by it
 * @param lastStamp the milliseconds in the latest task id of the job; they only grow, so ids never repeat
 */
public record Job(JobSpec spec, Instant since, Plan plan, Tally tally, long lastStamp) {

    public String name() {
        return spec.name();
    }

    /** The parents of a dependent job; none for a scheduled one. */
    public List<String> parents() {
        return switch (plan) {
            case Plan.Scheduled _ -> List.of();
            case Plan.Dependent dependent -> dependent.parents();
        };
    }

    public Job withSpec(JobSpec value) {
        return new Job(value, since, plan, tally, lastStamp);
    }

    public Job withPlan(Plan value) {
        return new Job(spec, since, value, tally, lastStamp);
    }

    public Job withTally(Tally value) {
        return new Job(spec, since, plan, value, lastStamp);
    }

    public Job withLastStamp(long value) {
        return new Job(spec, since, plan, tally, value);
    }
}
