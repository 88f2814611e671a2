package org.nucleus.chronos.core.state;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.chronos.core.schedule.Position;
import org.nucleus.chronos.core.schedule.Schedule;
import org.nucleus.machine.Invariant;
import org.nucleus.machine.Ordered;

/** When a job runs, and how far it has got. */
public sealed interface Plan {
    /** By the clock. */
    record Scheduled(Schedule schedule, Position position) implements Plan {}

    /**
     * After its parents.
     *
     * @param ends for each parent, how often it has ended since the job's last run in a way that counts; never empty
     * @param passes the same for a job that waits for one pass over the graph: for each pass that is not complete, the
     *     parents that have ended in it
     */
    record Dependent(SequencedMap<String, Long> ends, SequencedMap<String, SequencedSet<String>> passes)
            implements Plan {
        /** Incomplete passes that are remembered; older ones will never be complete. */
        private static final int PASSES_MOST = 64;

        public Dependent {
            Invariant.check(!ends.isEmpty(), "a dependent job without parents");
            ends = Ordered.copyOf(ends);
            passes = Ordered.copyOf(passes);
        }

        /** None of {@code parents} has ended yet. */
        public static Dependent on(Iterable<String> parents) {
            SequencedMap<String, Long> ends = new LinkedHashMap<>();
            parents.forEach(parent -> ends.put(parent, 0L));
            return new Dependent(ends, new LinkedHashMap<>());
        }

        public List<String> parents() {
            return List.copyOf(ends.sequencedKeySet());
        }

        /** Whether the job's last run was followed by what its trigger wants. */
        public boolean ready(Policy.Trigger trigger) {
            return needsAll(trigger)
                    ? ends.values().stream().allMatch(count -> count > 0)
                    : ends.values().stream().anyMatch(count -> count > 0);
        }

        /** The oldest pass that has what the trigger wants. */
        public Optional<String> readyPass(Policy.Trigger trigger) {
            return passes.entrySet().stream()
                    .filter(pass -> !needsAll(trigger) || pass.getValue().containsAll(ends.sequencedKeySet()))
                    .map(pass -> pass.getKey())
                    .findFirst();
        }

        /** A parent has ended. */
        public Dependent ended(String parent) {
            SequencedMap<String, Long> counted = new LinkedHashMap<>(ends);
            counted.merge(parent, 1L, Long::sum);
            return new Dependent(counted, passes);
        }

        /** A parent has ended in this pass. */
        public Dependent ended(String parent, String pass) {
            SequencedMap<String, SequencedSet<String>> noted = new LinkedHashMap<>(passes);
            SequencedSet<String> parents = new LinkedHashSet<>();
            if (noted.containsKey(pass)) {
                parents.addAll(noted.get(pass));
            }
            parents.add(parent);
            noted.put(pass, Ordered.setOf(parents));
            if (noted.size() > PASSES_MOST) {
                noted.pollFirstEntry();
            }
            return new Dependent(ends, noted);
        }

        /** Nothing has ended: the job has been triggered. */
        public Dependent cleared() {
            return on(ends.sequencedKeySet());
        }

        /** The pass has triggered the job. */
        public Dependent clearedOf(String pass) {
            SequencedMap<String, SequencedSet<String>> left = new LinkedHashMap<>(passes);
            left.remove(pass);
            return new Dependent(ends, left);
        }

        /** What is known of those parents that stay is kept. */
        public Dependent withParents(Iterable<String> parents) {
            SequencedMap<String, Long> kept = new LinkedHashMap<>();
            parents.forEach(parent -> kept.put(parent, ends.getOrDefault(parent, 0L)));
            return new Dependent(kept, passes);
        }

        private static boolean needsAll(Policy.Trigger trigger) {
            return switch (trigger) {
                case SUCCESS, ALWAYS -> true;
                case FAILURE, ANY -> false;
            };
        }
    }
}
