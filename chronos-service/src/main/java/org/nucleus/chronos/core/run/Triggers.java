package org.nucleus.chronos.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Plan;
import org.nucleus.chronos.core.state.Policy;

/**
 * What the end of a job's run means for its children. The counts are stored with the jobs, so that a new leader goes
 * on where the last one was.
 */
final class Triggers {
    private Triggers() {}

    /** A job that its parents have triggered, and the pass it belongs to. */
    record Ready(Job job, String pass) {}

    /**
     * Notes the end of a run at every child that its trigger wants to hear of.
     *
     * @param soft the end counts as a success, and yet was a failure
     */
    static List<Ready> ended(Job parent, boolean success, boolean soft, String pass, Frame frame) {
        List<Ready> ready = new ArrayList<>();
        for (String name : frame.state().childrenOf(parent.name())) {
            Job child = frame.state().job(name).orElseThrow();
            Policy policy = child.spec().policy();
            if (counts(policy.trigger(), success, soft)) {
                Plan.Dependent plan = (Plan.Dependent) child.plan();
                Job counted = child.withPlan(
                        policy.join() == Policy.Join.PASS
                                ? plan.ended(parent.name(), pass)
                                : plan.ended(parent.name()));
                frame.record(new Change.JobStored(counted));
                released(counted, pass, frame).ifPresent(ready::add);
            }
        }
        return ready;
    }

    /**
     * Takes a complete set of ends off a job that is to run, if it has one. A disabled job forgets it, a paused one
     * keeps it.
     */
    static Optional<Ready> released(Job job, String pass, Frame frame) {
        if (!(job.plan() instanceof Plan.Dependent plan) || job.spec().policy().paused()) {
            return Optional.empty();
        }
        Policy policy = job.spec().policy();
        Optional<String> complete = policy.join() == Policy.Join.PASS
                ? plan.readyPass(policy.trigger())
                : Optional.of(pass).filter(_ -> plan.ready(policy.trigger()));
        return complete.flatMap(of -> {
            Job cleared = job.withPlan(policy.join() == Policy.Join.PASS ? plan.clearedOf(of) : plan.cleared());
            frame.record(new Change.JobStored(cleared));
            return job.spec().disabled() ? Optional.empty() : Optional.of(new Ready(cleared, of));
        });
    }

    private static boolean counts(Policy.Trigger trigger, boolean success, boolean soft) {
        return switch (trigger) {
            case SUCCESS, ANY -> success || soft;
            case FAILURE -> !success;
            case ALWAYS -> true;
        };
    }
}
