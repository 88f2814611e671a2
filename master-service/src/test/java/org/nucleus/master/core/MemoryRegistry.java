package org.nucleus.master.core;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

/** The registry in memory: what a database would hold after these changes. */
final class MemoryRegistry implements Journal<Change.Durable> {
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

    @Override
    public void commit(List<Change.Durable> changes) {
        changes.forEach(this::store);
    }

    private void store(Change.Durable change) {
        switch (change) {
            case Change.AgentAdmitted(var agent) -> agents.put(agent.info().id(), agent);
            case Change.AgentUnreachable(var id, var at) ->
                agents.computeIfPresent(id, (_, agent) -> with(agent, Standing.UNREACHABLE, at));
            case Change.AgentGone(var id, var at) ->
                agents.computeIfPresent(id, (_, agent) -> with(agent, Standing.GONE, at));
            case Change.AgentRemoved(var id, var _) -> agents.remove(id);
            case Change.AgentForgotten(var id) -> agents.remove(id);
            case Change.FrameworkStored(var framework) ->
                frameworks.put(framework.info().id(), framework);
            case Change.FrameworkDisconnected(var id, var _, var deadline) ->
                frameworks.computeIfPresent(
                        id,
                        (_, known) -> new KnownFramework(
                                known.info(),
                                known.suppressedRoles(),
                                known.registeredAt(),
                                known.reregisteredAt(),
                                deadline,
                                null));
            case Change.FrameworkCompleted(var id, var at) ->
                frameworks.computeIfPresent(
                        id,
                        (_, known) -> new KnownFramework(
                                known.info(),
                                known.suppressedRoles(),
                                known.registeredAt(),
                                known.reregisteredAt(),
                                null,
                                at));
            case Change.FrameworkForgotten(var id) -> {
                frameworks.remove(id);
                tasks.keySet().removeIf(key -> key.framework().equals(id));
                completed.keySet().removeIf(key -> key.framework().equals(id));
            }
            case Change.RolesSuppressed(var id, var roles) ->
                frameworks.computeIfPresent(
                        id,
                        (_, known) -> new KnownFramework(
                                known.info(),
                                List.copyOf(roles),
                                known.registeredAt(),
                                known.reregisteredAt(),
                                known.failoverDeadline(),
                                known.completedAt()));
            case Change.Decree decree -> policy = policy.with(decree);
            case Change.TaskAdded(var task) -> keep(task);
            case Change.TaskMoved(var task) -> keep(task);
            case Change.TaskUnreachable(var task) -> keep(task);
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

    private void keep(Task task) {
        completed.remove(TaskKey.of(task));
        tasks.put(TaskKey.of(task), task);
    }

    private static KnownAgent with(KnownAgent agent, Standing standing, Instant at) {
        return new KnownAgent(agent.info(), agent.version(), agent.capabilities(), agent.registeredAt(), standing, at);
    }
}
