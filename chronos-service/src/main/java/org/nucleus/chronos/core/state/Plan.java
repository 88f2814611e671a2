package org.nucleus.chronos.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.machine.Invariant;
import org.nucleus.machine.Ordered;

/** When a job runs, and how far it has got. */
public sealed interface Plan {
    /** By the clock. */
    record Scheduled(Schedule schedule, Position position) implements Plan {}

    /**
     * After its parents: once every parent has succeeded since the job's last run.
     *
     * @param successes for each parent, how often it succeeded since then; never empty
     */
    record Dependent(SequencedMap<String, Long> successes) implements Plan {
        public Dependent {
            Invariant.check(!successes.isEmpty(), "a dependent job without parents");
            successes = Ordered.copyOf(successes);
        }

        /** None of {@code parents} has succeeded yet. */
        public static Dependent on(Iterable<String> parents) {
            SequencedMap<String, Long> successes = new LinkedHashMap<>();
            parents.forEach(parent -> successes.put(parent, 0L));
            return new Dependent(successes);
        }

        public List<String> parents() {
            return List.copyOf(successes.sequencedKeySet());
        }

        public boolean ready() {
            return successes.values().stream().allMatch(count -> count > 0);
        }

        public Dependent succeeded(String parent) {
            SequencedMap<String, Long> counted = new LinkedHashMap<>(successes);
            counted.merge(parent, 1L, Long::sum);
            return new Dependent(counted);
        }

        /** All counts back to zero: the job has been triggered. */
        public Dependent cleared() {
            return on(successes.sequencedKeySet());
        }

        /** The counts of those parents that stay are kept. */
        public Dependent withParents(Iterable<String> parents) {
            SequencedMap<String, Long> kept = new LinkedHashMap<>();
            parents.forEach(parent -> kept.put(parent, successes.getOrDefault(parent, 0L)));
            return new Dependent(kept);
        }
    }
}
