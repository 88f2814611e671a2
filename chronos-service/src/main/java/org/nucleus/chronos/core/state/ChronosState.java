package org.nucleus.chronos.core.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;

/** All jobs and all runs that have not ended, with the indexes that rules ask for. Changed by {@link #apply} alone. */
public final class ChronosState {
    /** What {@code highPriority} is worth: more than any priority. */
    private static final int HIGH = 1_000_000;

    private final TreeMap<String, Job> jobs = new TreeMap<>();
    private final SequencedMap<RunKey, Run> runs = new LinkedHashMap<>();
    private final SequencedMap<TaskId, RunKey> byTask = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedSet<RunKey>> byJob = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedSet<String>> children = new LinkedHashMap<>();
    private final TreeSet<Waiting> queue = new TreeSet<>();
    private final SequencedMap<RunKey, Waiting> waiting = new LinkedHashMap<>();
    private final SequencedMap<RunKey, Run> launched = new LinkedHashMap<>();
    private long arrivals;
    private @Nullable FrameworkId framework;
    private Demand demand = Demand.UNHEARD;

    /** The place of a run in the queue: by urgency, then in the order in which they came. */
    private record Waiting(int urgency, long arrival, RunKey run) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byUrgency = Integer.compare(other.urgency, urgency);
            return byUrgency != 0 ? byUrgency : Long.compare(arrival, other.arrival);
        }
    }

    /** Starts from what an earlier leader stored. */
    public void recover(ChronosInput.Elected elected) {
        elected.jobs().forEach(this::put);
        elected.runs().forEach(this::put);
        framework = elected.framework();
    }

    public Optional<Job> job(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /** All jobs, by name. */
    public Collection<Job> jobs() {
        return Collections.unmodifiableCollection(jobs.values());
    }

    /** The names of the jobs that name {@code parent} as a parent. */
    public List<String> childrenOf(String parent) {
        SequencedSet<String> names = children.get(parent);
        return names == null ? List.of() : List.copyOf(names);
    }

    public Optional<Run> run(RunKey key) {
        return Optional.ofNullable(runs.get(key));
    }

    public Optional<Run> run(TaskId task) {
        return Optional.ofNullable(byTask.get(task)).map(runs::get);
    }

    /** The runs of a job that have not ended, oldest first. */
    public List<Run> runsOf(String job) {
        SequencedSet<RunKey> keys = byJob.get(job);
        return keys == null ? List.of() : keys.stream().map(runs::get).toList();
    }

    /** The runs whose task an agent may have. */
    public List<Run> launched() {
        return List.copyOf(launched.values());
    }

    /** Whether any launch has not been confirmed yet. */
    public boolean anyLaunching() {
        return launched.values().stream().anyMatch(run -> run.progress() instanceof Progress.Launching);
    }

    /** All runs that have not ended. */
    public List<Run> live() {
        return List.copyOf(runs.values());
    }

    /** The runs that wait for an offer, the most urgent first. */
    public Stream<Run> queued() {
        return queue.stream().map(place -> runs.get(place.run()));
    }

    public Optional<FrameworkId> framework() {
        return Optional.ofNullable(framework);
    }

    public Demand demand() {
        return demand;
    }

    void apply(Change change) {
        switch (change) {
            case Change.JobStored stored -> put(stored.job());
            case Change.JobRemoved removed -> remove(removed.job());
            case Change.RunStored stored -> put(stored.run());
            case Change.FrameworkNamed named -> framework = named.framework();
            case Change.FrameworkForgotten _ -> framework = null;
            case Change.DemandChanged changed -> demand = changed.demand();
            case Change.HistoryPruned _, Change.NoticeRaised _ -> {
                // neither ended runs nor notices are in the state
            }
        }
    }

    private void put(Job job) {
        Job before = remove(job.name());
        jobs.put(job.name(), job);
        for (String parent : job.parents()) {
            children.computeIfAbsent(parent, _ -> new TreeSet<>()).add(job.name());
        }
        if (before != null && urgency(before) != urgency(job)) {
            runsOf(job.name()).stream().filter(Run::queued).forEach(this::enqueue);
        }
    }

    private @Nullable Job remove(String name) {
        Job before = jobs.remove(name);
        if (before != null) {
            before.parents().forEach(parent -> drop(children, parent, name));
        }
        return before;
    }

    private void put(Run run) {
        Run before = runs.get(run.key());
        if (before != null) {
            byTask.remove(before.task());
        }
        if (!run.queued()) {
            dequeue(run.key());
        }
        launched.remove(run.key());
        if (run.ended()) {
            runs.remove(run.key());
            drop(byJob, run.job(), run.key());
            return;
        }
        runs.put(run.key(), run);
        byTask.put(run.task(), run.key());
        byJob.computeIfAbsent(run.job(), _ -> new LinkedHashSet<>()).add(run.key());
        if (run.launched()) {
            launched.put(run.key(), run);
        }
        if (run.queued()) {
            enqueue(run);
        }
    }

    private void enqueue(Run run) {
        dequeue(run.key());
        int urgency = job(run.job()).map(ChronosState::urgency).orElse(0);
        Waiting place = new Waiting(urgency, arrivals++, run.key());
        queue.add(place);
        waiting.put(run.key(), place);
    }

    private void dequeue(RunKey key) {
        Waiting place = waiting.remove(key);
        if (place != null) {
            queue.remove(place);
        }
    }

    private static int urgency(Job job) {
        return job.spec().policy().priority() + (job.spec().highPriority() ? HIGH : 0);
    }

    private static <K, V> void drop(SequencedMap<K, SequencedSet<V>> index, K key, V value) {
        SequencedSet<V> values = index.get(key);
        if (values != null && values.remove(value) && values.isEmpty()) {
            index.remove(key);
        }
    }
}
