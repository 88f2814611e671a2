package org.nucleus.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Journal;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Policy;
import org.nucleus.master.core.state.RegistrySnapshot;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;

/**
 * The masters' store: all that was committed, in order. Only the latest term may commit. The newest histories,
 * which are written behind, may be lost when a term ends.
 */
final class SimulatedRegistry {
    private static final int UNWRITTEN_MOST = 30;

    private final List<Change.Durable> log = new ArrayList<>();
    private final SequencedSet<TaskKey> launched = new LinkedHashSet<>();
    private long epoch;

    /** A new term begins: the ones before can't commit any more. */
    long elected() {
        return ++epoch;
    }

    long epoch() {
        return epoch;
    }

    /** Whether a launch was stored by whoever led then, so that all later leaders can know of it. */
    boolean isLaunchKnown(FrameworkId framework, TaskId task) {
        return launched.contains(new TaskKey(framework, task));
    }

    Journal<Change.Durable> inTerm(long term) {
        return changes -> {
            if (term != epoch) {
                throw new Journal.Deposed("term " + term + " ended, it is " + epoch);
            }
            if (term == epoch) {
                changes.forEach(this::noteLaunch);
            }
            log.addAll(changes);
        };
    }

    private void noteLaunch(Change.Durable change) {
        if (change instanceof Change.TaskAdded(var task)) {
            launched.add(TaskKey.of(task));
        }
    }

    /**
     * Forgets some of the newest histories: of each task none that a kept change of the same task followed, for those
     * were stored together.
     */
    int loseHistories(Lot lot) {
        SequencedSet<TaskKey> kept = new LinkedHashSet<>();
        int lost = 0;
        for (int i = log.size() - 1; i >= Math.max(0, log.size() - UNWRITTEN_MOST); i--) {
            if (!(log.get(i) instanceof Change.OfTask change)) {
                continue;
            }
            if (change instanceof Change.History && !kept.contains(change.key()) && lot.chance(0.5)) {
                log.remove(i);
                lost++;
            } else {
                kept.add(change.key());
            }
        }
        return lost;
    }

    RegistrySnapshot recover() {
        Fold fold = new Fold();
        log.forEach(fold::apply);
        return fold.snapshot();
    }

    /** What the rows would be after a list of changes. */
    private static final class Fold {
        private final SequencedMap<AgentId, KnownAgent> agents = new LinkedHashMap<>();
        private final SequencedMap<FrameworkId, KnownFramework> frameworks = new LinkedHashMap<>();
        private final SequencedMap<TaskKey, Task> tasks = new LinkedHashMap<>();
        private final SequencedMap<TaskKey, Task> completed = new LinkedHashMap<>();

        private Policy policy = Policy.none();

        RegistrySnapshot snapshot() {
            return new RegistrySnapshot(
                    List.copyOf(agents.values()),
                    List.copyOf(frameworks.values()),
                    List.copyOf(tasks.values()),
                    List.copyOf(completed.values()),
                    policy);
        }

        void apply(Change.Durable change) {
            switch (change) {
                case Change.AgentAdmitted(var agent) ->
                    agents.put(Objects.requireNonNull(agent.info().id()), agent);
                case Change.AgentUnreachable(var agent, var at) ->
                    change(agent, known -> standing(known, Standing.UNREACHABLE, at));
                case Change.AgentGone(var agent, var at) -> change(agent, known -> standing(known, Standing.GONE, at));
                case Change.AgentRemoved(var agent, var _) -> agents.remove(agent);
                case Change.AgentForgotten(var agent) -> agents.remove(agent);
                case Change.FrameworkStored(var framework) ->
                    frameworks.put(Objects.requireNonNull(framework.info().id()), framework);
                case Change.FrameworkDisconnected(var id, var _, var deadline) ->
                    change(id, known -> with(known, known.suppressedRoles(), deadline, known.completedAt()));
                case Change.FrameworkCompleted(var id, var at) ->
                    change(id, known -> with(known, known.suppressedRoles(), null, at));
                case Change.FrameworkForgotten(var id) -> {
                    frameworks.remove(id);
                    tasks.keySet().removeIf(key -> key.framework().equals(id));
                    completed.keySet().removeIf(key -> key.framework().equals(id));
                }
                case Change.RolesSuppressed(var id, var roles) ->
                    change(id, known -> with(known, List.copyOf(roles), known.failoverDeadline(), known.completedAt()));
                case Change.Decree decree -> policy = policy.with(decree);
                case Change.TaskAdded(var task) -> live(task);
                case Change.TaskMoved(var task) -> live(task);
                case Change.TaskUnreachable(var task) -> live(task);
                case Change.TaskCompleted(var task, var _) -> {
                    tasks.remove(TaskKey.of(task));
                    completed.put(TaskKey.of(task), task);
                }
                case Change.TaskForgotten(var framework, var task) -> {
                    tasks.remove(new TaskKey(framework, task));
                    completed.remove(new TaskKey(framework, task));
                }
            }
        }

        private void live(Task task) {
            completed.remove(TaskKey.of(task));
            tasks.put(TaskKey.of(task), task);
        }

        private void change(AgentId id, UnaryOperator<KnownAgent> how) {
            agents.computeIfPresent(id, (_, known) -> how.apply(known));
        }

        private void change(FrameworkId id, UnaryOperator<KnownFramework> how) {
            frameworks.computeIfPresent(id, (_, known) -> how.apply(known));
        }

        private static KnownAgent standing(KnownAgent known, Standing standing, Instant since) {
            return new KnownAgent(
                    known.info(), known.version(), known.capabilities(), known.registeredAt(), standing, since);
        }

        private static KnownFramework with(
                KnownFramework known,
                List<String> suppressed,
                @Nullable Instant deadline,
                @Nullable Instant completedAt) {
            return new KnownFramework(
                    known.info(), suppressed, known.registeredAt(), known.reregisteredAt(), deadline, completedAt);
        }
    }
}
