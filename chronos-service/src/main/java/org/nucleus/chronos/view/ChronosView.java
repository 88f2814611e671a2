package org.nucleus.chronos.view;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;

/**
 * The jobs and unfinished runs as they are stored. The writer applies each batch once it is durable and before any
 * caller hears of it, so whoever was answered sees what he did. Readers take no lock.
 */
public final class ChronosView {
    private final ConcurrentSkipListMap<String, Job> jobs = new ConcurrentSkipListMap<>();
    private final Map<String, Map<RunKey, Run>> runs = new ConcurrentHashMap<>();

    public ChronosView(ChronosInput.Elected recovered) {
        recovered.jobs().forEach(job -> jobs.put(job.name(), job));
        recovered.runs().forEach(this::put);
    }

    public void apply(List<Change.Durable> changes) {
        for (Change.Durable change : changes) {
            switch (change) {
                case Change.JobStored stored -> jobs.put(stored.job().name(), stored.job());
                case Change.JobRemoved removed -> jobs.remove(removed.job());
                case Change.RunStored stored -> put(stored.run());
                case Change.FrameworkNamed _,
                        Change.FrameworkForgotten _,
                        Change.HistoryPruned _,
                        Change.NoticeRaised _ -> {
                    // not about jobs or unfinished runs
                }
            }
        }
    }

    /** All jobs, by name. */
    public Collection<Job> jobs() {
        return jobs.values();
    }

    public Optional<Job> job(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /** {@code idle}, {@code queued} or {@code 2 running}. */
    public String state(String job) {
        Collection<Run> live = runs.getOrDefault(job, Map.of()).values();
        long running = live.stream().filter(Run::active).count();
        if (running > 0) {
            return running + " running";
        }
        return live.stream().anyMatch(Run::queued) ? "queued" : "idle";
    }

    public long count(Predicate<Run> which) {
        return runs.values().stream()
                .flatMap(of -> of.values().stream())
                .filter(which)
                .count();
    }

    private void put(Run run) {
        runs.compute(run.job(), (_, before) -> {
            Map<RunKey, Run> live = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
            if (run.ended()) {
                live.remove(run.key());
            } else {
                live.put(run.key(), run);
            }
            return live.isEmpty() ? null : live;
        });
    }
}
