package org.nucleus.master.core.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.master.core.state.TaskTable;
import org.nucleus.master.core.task.Launches;
import org.nucleus.resources.InvalidResources;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;
import org.nucleus.wire.agentlink.AgentCall;

/**
 * What an agent says it runs, made consistent with itself: every task and executor belongs to a framework that the
 * agent or the master knows, and all of it fits into what the agent has.
 *
 * @param total with dynamic reservations and persistent volumes
 * @param operations with feedback whose end is not acknowledged
 * @param tasks with allocation info
 * @param executors with allocation info
 */
record Inventory(
        Resources total,
        SequencedMap<FrameworkId, FrameworkInfo> frameworks,
        SequencedMap<TaskKey, Task> tasks,
        SequencedMap<ExecutorKey, ExecutorInfo> executors,
        List<Operation> operations) {

    /** An inventory, or why an agent with it can't be admitted. */
    sealed interface Reading {
        record Accepted(Inventory inventory) implements Reading {}

        record Refused(String reason) implements Reading {}
    }

    static Reading read(AgentCall.Subscribe subscribe, AgentId agent, MasterState state) {
        SequencedMap<FrameworkId, FrameworkInfo> frameworks = new LinkedHashMap<>();
        for (FrameworkInfo info : subscribe.frameworks()) {
            if (info.id() != null) {
                frameworks.put(info.id(), info);
            }
        }
        SequencedMap<TaskKey, Task> tasks = new LinkedHashMap<>();
        SequencedMap<ExecutorKey, ExecutorInfo> executors = new LinkedHashMap<>();
        try {
            for (Task task : subscribe.tasks()) {
                String role = anyRole(task.frameworkId(), frameworks, state)
                        .orElseThrow(() -> new InvalidResources("Task of an unknown framework " + task.frameworkId()));
                Task owned = task.toBuilder()
                        .agentId(agent)
                        .resources(Launches.allocated(task.resources(), role))
                        .build();
                tasks.put(TaskKey.of(owned), owned);
            }
            for (AgentCall.RunningExecutor running : subscribe.executors()) {
                FrameworkId owner = running.frameworkId();
                String role = anyRole(owner, frameworks, state)
                        .orElseThrow(() -> new InvalidResources("Executor of an unknown framework " + owner));
                ExecutorInfo executor = Launches.complete(running.executorInfo(), owner, role);
                executors.put(new ExecutorKey(owner, executor.executorId()), executor);
            }
            Inventory inventory = new Inventory(total(subscribe), frameworks, tasks, executors, subscribe.operations());
            return inventory.fits()
                    ? new Reading.Accepted(inventory)
                    : new Reading.Refused("The agent's tasks and executors use more than it has");
        } catch (InvalidResources e) {
            return new Reading.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Reservations and volumes are made of what was configured. */
    private static Resources total(AgentCall.Subscribe subscribe) {
        Resources configured = Resources.of(subscribe.agentInfo().resources());
        Resources checkpointed = Resources.of(subscribe.checkpointedResources());
        return configured
                .without(checkpointed.asConfigured())
                .orElseThrow(() -> new InvalidResources("The agent has not what it reserved"))
                .plus(checkpointed);
    }

    /** What it takes that the master doesn't know to be over, each alone: the same port is never used twice. */
    private boolean fits() {
        List<Resources> parts = new ArrayList<>();
        tasks.values().forEach(task -> parts.add(TaskTable.held(task)));
        executors.values().forEach(executor -> parts.add(Resources.of(executor.resources())));
        return fitsInto(total, parts);
    }

    static boolean fitsInto(Resources total, List<Resources> parts) {
        Resources left = total;
        for (Resources part : parts) {
            Optional<Resources> rest = left.besides(part.unallocated());
            if (rest.isEmpty()) {
                return false;
            }
            left = rest.get();
        }
        return true;
    }

    /** The frameworks that have something here. */
    SequencedSet<FrameworkId> owners() {
        SequencedSet<FrameworkId> owners = new LinkedHashSet<>();
        tasks.keySet().forEach(key -> owners.add(key.framework()));
        executors.keySet().forEach(key -> owners.add(key.framework()));
        return owners;
    }

    private static Optional<String> anyRole(
            FrameworkId id, SequencedMap<FrameworkId, FrameworkInfo> frameworks, MasterState state) {
        Framework known = state.frameworks().get(id);
        FrameworkInfo info = known == null ? frameworks.get(id) : known.info();
        var completed = state.frameworks().completed(id);
        if (info == null && completed != null) {
            info = completed.info();
        }
        if (info == null) {
            return Optional.empty();
        }
        SequencedSet<String> roles = Framework.rolesOf(info);
        return Optional.of(roles.isEmpty() ? "*" : roles.getFirst());
    }
}
