package org.nucleus.chronos.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Progress;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.chronos.core.state.RunKey;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskId;

/** What a database would remember; checks that what has ended stays as it is. */
public final class MemoryStore {
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<RunKey, Run> runs = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable FrameworkId framework;

    public void commit(List<Change.Durable> changes) {
        for (Change.Durable change : changes) {
            switch (change) {
                case Change.JobStored stored -> jobs.put(stored.job().name(), stored.job());
                case Change.JobRemoved removed -> jobs.remove(removed.job());
                case Change.RunStored stored -> put(stored.run());
                case Change.FrameworkNamed named -> framework = named.framework();
                case Change.FrameworkForgotten _ -> framework = null;
                case Change.HistoryPruned pruned -> prune(pruned);
                case Change.NoticeRaised raised -> notices.add(raised.notice());
            }
        }
    }

    public ChronosInput.Elected recover() {
        List<Run> live = runs.values().stream().filter(run -> !run.ended()).toList();
        return new ChronosInput.Elected(List.copyOf(jobs.values()), live, framework);
    }

    public Map<String, Job> jobs() {
        return jobs;
    }

    public List<Notice> notices() {
        return notices;
    }

    public List<Run> runs() {
        return new ArrayList<>(runs.values());
    }

    public List<Run> runs(String job) {
        return runs.values().stream().filter(run -> run.job().equals(job)).toList();
    }

    public Optional<Run> run(TaskId task) {
        return runs.values().stream().filter(run -> run.task().equals(task)).findFirst();
    }

    private void put(Run run) {
        Run before = runs.put(run.key(), run);
        if (before != null && before.ended() && !before.equals(run)) {
            throw new AssertionError("an ended run was changed: " + before + " to " + run);
        }
    }

    private void prune(Change.HistoryPruned pruned) {
        runs.values()
                .removeIf(run -> run.progress() instanceof Progress.Ended ended
                        && ended.at().isBefore(pruned.before()));
    }
}
