package org.nucleus.agent.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.nucleus.machine.Invariant;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;

/**
 * The durable part of the agent's state: the sum of its durable changes, and by {@link #asChanges} also the shortest
 * history that leads to it. Changes that were applied before may be applied again. Used by one thread at a time.
 */
public final class Remembered {
    private Identity identity = new Identity.Fresh();
    private long epoch;
    private final SequencedMap<FrameworkId, Framework> frameworks = new LinkedHashMap<>();
    private final SequencedMap<TaskKey, TaskRun> runs = new LinkedHashMap<>();
    private final SequencedMap<ContainerId, TaskKey> containers = new LinkedHashMap<>();
    private final SequencedMap<TaskKey, UpdateStream> streams = new LinkedHashMap<>();
    private final SequencedMap<ExecutorKey, ExecutorRun> executors = new LinkedHashMap<>();
    private final SequencedMap<Uuid, Operation> operations = new LinkedHashMap<>();
    private Resources checkpointed = Resources.none();

    public Identity identity() {
        return identity;
    }

    public long epoch() {
        return epoch;
    }

    public SequencedMap<FrameworkId, Framework> frameworks() {
        return Collections.unmodifiableSequencedMap(frameworks);
    }

    public SequencedMap<TaskKey, TaskRun> runs() {
        return Collections.unmodifiableSequencedMap(runs);
    }

    public SequencedMap<TaskKey, UpdateStream> streams() {
        return Collections.unmodifiableSequencedMap(streams);
    }

    public SequencedMap<ExecutorKey, ExecutorRun> executors() {
        return Collections.unmodifiableSequencedMap(executors);
    }

    /** Operations whose end is not acknowledged. */
    public SequencedMap<Uuid, Operation> operations() {
        return Collections.unmodifiableSequencedMap(operations);
    }

    /** Dynamic reservations and persistent volumes. */
    public Resources checkpointed() {
        return checkpointed;
    }

    public Optional<TaskRun> runIn(ContainerId container) {
        return Optional.ofNullable(containers.get(container)).map(runs::get);
    }

    public void apply(Change.Durable change) {
        switch (change) {
            case Change.AgentAdmitted(var id) -> identity = new Identity.Admitted(id);
            case Change.AgentDismissed(var reason) -> identity = new Identity.Dismissed(reason);
            case Change.AgentCleared _ -> clear();
            case Change.EpochAdvanced(long later) -> epoch = Math.max(epoch, later);
            case Change.FrameworkStored(var info) -> store(info);
            case Change.FrameworkShutDown(var id) ->
                frameworks.computeIfPresent(id, (_, framework) -> new Framework(framework.info(), true));
            case Change.FrameworkForgotten(var id) -> frameworks.remove(id);
            case Change.TaskAccepted(var run) -> put(run);
            case Change.ContainerReplaced(var key, var container) -> change(key, run -> run.in(container));
            case Change.TaskStarted(var key, var at) -> change(key, run -> run.at(new Phase.Running(at)));
            case Change.TaskDoomed(var key, var intent) -> change(key, run -> run.meantTo(intent));
            case Change.TaskEnded(var key) -> change(key, run -> run.at(new Phase.Ended()));
            case Change.ExecutorAccepted(var run) -> executors.put(run.key(), run);
            case Change.ExecutorReplaced(var key, var container) -> replace(key, container);
            case Change.ExecutorStarted(var key, var at) -> changeExecutor(key, run -> run.at(new Phase.Running(at)));
            case Change.ExecutorSeen(var key) -> changeExecutor(key, ExecutorRun::subscribed);
            case Change.ExecutorDoomed(var key, var intent) -> changeExecutor(key, run -> run.meantTo(intent));
            case Change.ExecutorForgotten(var key) -> executors.remove(key);
            case Change.UpdateQueued queued -> queue(queued.key(), queued.status());
            case Change.UpdateAcknowledged(var key, var uuid) -> acknowledge(key, uuid);
            case Change.TaskForgotten(var key) -> forget(key);
            case Change.ResourcesCheckpointed(var resources) -> checkpointed = resources;
            case Change.OperationKept(var operation) -> operations.put(operation.uuid(), operation);
            case Change.OperationForgotten(var operation) -> operations.remove(operation);
        }
    }

    /** The changes that lead from nothing to this, oldest first. */
    public List<Change.Durable> asChanges() {
        List<Change.Durable> changes = new ArrayList<>();
        changes.add(new Change.EpochAdvanced(epoch));
        switch (identity) {
            case Identity.Fresh _ -> {}
            case Identity.Admitted(var id) -> changes.add(new Change.AgentAdmitted(id));
            case Identity.Dismissed(var reason) -> changes.add(new Change.AgentDismissed(reason));
        }
        if (!checkpointed.isEmpty()) {
            changes.add(new Change.ResourcesCheckpointed(checkpointed));
        }
        operations.values().forEach(operation -> changes.add(new Change.OperationKept(operation)));
        frameworks.forEach((id, framework) -> {
            changes.add(new Change.FrameworkStored(framework.info()));
            if (framework.shuttingDown()) {
                changes.add(new Change.FrameworkShutDown(id));
            }
        });
        executors.values().forEach(run -> changes.add(new Change.ExecutorAccepted(run)));
        runs.values().forEach(run -> changes.add(new Change.TaskAccepted(run)));
        streams.values()
                .forEach(stream -> stream.pending()
                        .forEach(status ->
                                changes.add(new Change.UpdateQueued(stream.key().framework(), status))));
        return changes;
    }

    private void store(FrameworkInfo info) {
        FrameworkId id = info.id();
        Invariant.check(id != null, "stored a framework without id", info);
        Framework known = frameworks.get(id);
        frameworks.put(id, new Framework(info, known != null && known.shuttingDown()));
    }

    private void put(TaskRun run) {
        runs.put(run.key(), run);
        if (run.ownsContainer()) {
            containers.put(run.container(), run.key());
        }
    }

    private void change(TaskKey key, UnaryOperator<TaskRun> how) {
        TaskRun before = runs.get(key);
        if (before != null) {
            containers.remove(before.container(), key);
            put(how.apply(before));
        }
    }

    private void changeExecutor(ExecutorKey key, UnaryOperator<ExecutorRun> how) {
        executors.computeIfPresent(key, (_, run) -> how.apply(run));
    }

    /** The tasks of an executor of the framework's own are in its container. */
    private void replace(ExecutorKey key, ContainerId container) {
        changeExecutor(key, run -> run.in(container));
        for (TaskRun run : List.copyOf(runs.values())) {
            if (!run.ownsContainer() && run.executorKey().equals(key)) {
                change(run.key(), task -> task.in(container));
            }
        }
    }

    private void queue(TaskKey key, TaskStatus status) {
        UpdateStream stream = streams.getOrDefault(key, UpdateStream.empty(key));
        if (stream.pending().stream()
                .noneMatch(known -> status.uuid() != null && Objects.equals(status.uuid(), known.uuid()))) {
            streams.put(key, stream.with(status));
            change(key, run -> run.reported(status));
        }
    }

    private void acknowledge(TaskKey key, Bytes uuid) {
        UpdateStream stream = streams.get(key);
        if (stream != null && stream.isHead(uuid)) {
            UpdateStream shorter = stream.withoutHead();
            if (shorter.pending().isEmpty()) {
                streams.remove(key);
            } else {
                streams.put(key, shorter);
            }
        }
    }

    private void forget(TaskKey key) {
        TaskRun run = runs.remove(key);
        if (run != null) {
            containers.remove(run.container(), key);
        }
        streams.remove(key);
    }

    /** Reservations and volumes stay: they are the machine's, whatever the agent's id. */
    private void clear() {
        identity = new Identity.Fresh();
        frameworks.clear();
        runs.clear();
        containers.clear();
        streams.clear();
        executors.clear();
        operations.clear();
    }
}
