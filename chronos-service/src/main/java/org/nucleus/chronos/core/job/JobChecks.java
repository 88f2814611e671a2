package org.nucleus.chronos.core.job;

import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.nucleus.chronos.core.graph.JobGraph;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.ChronosInput.Timing;
import org.nucleus.chronos.core.state.ChronosState;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.chronos.core.state.Policy;

/** Why a job is not accepted, as one sentence for its sender. */
final class JobChecks {
    private static final Pattern NAME = Pattern.compile("[\\w.-]+");
    private static final int NAME_LONGEST = 200;
    private static final int PRIORITY_MOST = 1_000;
    private static final double FACTOR_MOST = 100;

    private JobChecks() {}

    static Optional<String> refusal(ChronosInput.PutJob in, ChronosState state) {
        JobSpec job = in.spec();
        if (!NAME.matcher(job.name()).matches()) {
            return Optional.of("the job's name is invalid. Allowed names: '([\\w\\.-]+)'");
        }
        if (job.name().length() > NAME_LONGEST) {
            return Optional.of("the job's name is longer than " + NAME_LONGEST + " characters");
        }
        Optional<String> number = number(job).or(() -> policy(job.policy()));
        if (number.isPresent()) {
            return number;
        }
        return switch (in.timing()) {
            case Timing.AfterParents after -> parents(job, after.parents(), state);
            case Timing.OnSchedule _, Timing.Once _ -> Optional.empty();
        };
    }

    private static Optional<String> number(JobSpec job) {
        if (!amount(job.cpus()) || !amount(job.mem()) || !amount(job.disk())) {
            return Optional.of("cpus, mem and disk must be numbers from 0 to 1e9");
        }
        if (job.retries() < 0) {
            return Optional.of("retries must not be negative");
        }
        if (job.maxCompletionTime() < 0 || job.maxCompletionTime() > Integer.MAX_VALUE) {
            return Optional.of("maxCompletionTime must be seconds from 0 to " + Integer.MAX_VALUE);
        }
        return Optional.empty();
    }

    private static Optional<String> policy(Policy policy) {
        if (Math.abs(policy.priority()) > PRIORITY_MOST) {
            return Optional.of("priority must be from -" + PRIORITY_MOST + " to " + PRIORITY_MOST);
        }
        if (!(policy.backoff().factor() >= 1 && policy.backoff().factor() <= FACTOR_MOST)) {
            return Optional.of("retryFactor must be from 1 to " + FACTOR_MOST);
        }
        return Optional.empty();
    }

    private static boolean amount(double value) {
        return value >= 0 && value <= 1e9;
    }

    private static Optional<String> parents(JobSpec spec, List<String> parents, ChronosState state) {
        String job = spec.name();
        if (parents.isEmpty()) {
            return Optional.of("Error, parent does not exist: a dependent job needs at least one parent");
        }
        List<String> missing = JobGraph.missing(
                state, parents.stream().filter(parent -> !parent.equals(job)).toList());
        if (!missing.isEmpty()) {
            return Optional.of("Error, parent does not exist: " + String.join(", ", missing));
        }
        Optional<String> cycle = JobGraph.cycle(state, job, parents)
                .map(names -> "The job would depend on itself: " + String.join(" -> ", names));
        return cycle.isEmpty() && spec.policy().join() == Policy.Join.PASS ? strangers(parents, state) : cycle;
    }

    /** One pass must be able to reach all parents. */
    private static Optional<String> strangers(List<String> parents, ChronosState state) {
        SequencedSet<String> common = JobGraph.roots(state, parents.getFirst());
        for (String parent : parents) {
            common.retainAll(JobGraph.roots(state, parent));
        }
        return common.isEmpty()
                ? Optional.of("join 'pass' needs a common ancestor of all parents; " + String.join(", ", parents)
                        + " have none")
                : Optional.empty();
    }
}
