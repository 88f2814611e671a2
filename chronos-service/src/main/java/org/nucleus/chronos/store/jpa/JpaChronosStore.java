package org.nucleus.chronos.store.jpa;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.store.ChronosStore;
import org.nucleus.chronos.store.RunSearch;
import org.nucleus.service.store.FencedStore;
import org.nucleus.wire.TaskId;
import org.springframework.data.domain.Limit;

/** One transaction per batch; within it, only the latest form of each job and run is written. */
class JpaChronosStore implements ChronosStore {
    private final FencedStore fence;
    private final EntityManager entities;
    private final JobRows jobs;
    private final RunRows runs;
    private final FrameworkRows frameworks;
    private final NoticeRows notices;
    private final RunHistory history;

    JpaChronosStore(
            FencedStore fence,
            EntityManager entities,
            JobRows jobs,
            RunRows runs,
            FrameworkRows frameworks,
            NoticeRows notices) {
        this.fence = fence;
        this.entities = entities;
        this.jobs = jobs;
        this.runs = runs;
        this.frameworks = frameworks;
        this.notices = notices;
        this.history = new RunHistory(entities);
    }

    @Override
    public long elected() {
        return fence.elected();
    }

    @Override
    public ChronosInput.Elected recover() {
        return new ChronosInput.Elected(
                jobs.findAll().stream().map(JobRow::job).toList(),
                runs.findByStateNotOrderByEnqueuedAscIdAsc(RunRow.State.ENDED).stream()
                        .map(RunRow::run)
                        .toList(),
                frameworks.findAll().stream()
                        .findFirst()
                        .map(FrameworkRow::framework)
                        .orElse(null));
    }

    @Override
    public void commit(long term, List<Change.Durable> changes) {
        fence.inTerm(term, () -> {
            latest(changes).forEach(this::write);
            entities.flush();
            entities.clear();
        });
    }

    @Override
    public List<Run> runs(String job, int most) {
        return runs.findByJobOrderByEnqueuedDescIdDesc(job, Limit.of(most)).stream()
                .map(RunRow::run)
                .toList();
    }

    @Override
    public List<Run> runs(RunSearch search) {
        return fence.read(() -> history.find(search));
    }

    @Override
    public Optional<Run> run(TaskId task) {
        return runs.findFirstByTask(task.value()).map(RunRow::run);
    }

    @Override
    public List<Notice> notices(int most) {
        return fence.read(() -> notices.findByOrderByAtAscIdAsc(Limit.of(most)).stream()
                .map(NoticeRow::notice)
                .toList());
    }

    @Override
    public void delivered(long term, Notice notice) {
        fence.inTerm(term, () -> notices.deleteById(notice.id()));
    }

    @Override
    public long[] durations(String job) {
        return runs.taken(job).stream().mapToLong(RunRows.Taken::getMillis).toArray();
    }

    @Override
    public SequencedMap<String, long[]> durations() {
        SequencedMap<String, List<Long>> collected = new LinkedHashMap<>();
        runs.taken(null)
                .forEach(taken -> collected
                        .computeIfAbsent(taken.getJob(), _ -> new ArrayList<>())
                        .add(taken.getMillis()));
        SequencedMap<String, long[]> durations = new LinkedHashMap<>();
        collected.forEach((job, millis) ->
                durations.put(job, millis.stream().mapToLong(Long::longValue).toArray()));
        return durations;
    }

    /** A later change of the same thing stands for the earlier ones, which nobody will ever have seen. */
    private static Iterable<Change.Durable> latest(List<Change.Durable> changes) {
        SequencedMap<Object, Change.Durable> latest = new LinkedHashMap<>();
        for (Change.Durable change : changes) {
            latest.putLast(subject(change), change);
        }
        return latest.sequencedValues();
    }

    private static Object subject(Change.Durable change) {
        return switch (change) {
            case Change.JobStored stored -> "job " + stored.job().name();
            case Change.JobRemoved removed -> "job " + removed.job();
            case Change.RunStored stored -> "run " + stored.run().key();
            case Change.FrameworkNamed _, Change.FrameworkForgotten _ -> "framework";
            case Change.HistoryPruned _ -> "history";
            case Change.NoticeRaised raised -> "notice " + raised.notice().id();
        };
    }

    private void write(Change.Durable change) {
        switch (change) {
            case Change.JobStored stored -> entities.merge(new JobRow(stored.job()));
            case Change.JobRemoved removed -> jobs.deleteById(removed.job());
            case Change.RunStored stored -> entities.merge(new RunRow(stored.run()));
            case Change.FrameworkNamed named -> entities.merge(new FrameworkRow(named.framework()));
            case Change.FrameworkForgotten _ -> frameworks.deleteAll();
            case Change.HistoryPruned pruned -> {
                runs.deleteEndedBefore(pruned.before());
                runs.deleteAllBut(pruned.most());
            }
            case Change.NoticeRaised raised -> entities.merge(new NoticeRow(raised.notice()));
        }
    }
}
