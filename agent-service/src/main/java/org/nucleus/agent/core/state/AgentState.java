package org.nucleus.agent.core.state;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;

/** All that the core knows. Changed by {@link Frame} alone, one thread at a time. */
public final class AgentState {
    private static final int COMPLETED_MOST = 150;
    private static final Duration RESEND_FIRST = Duration.ofSeconds(10);

    private final Remembered remembered = new Remembered();
    private final SequencedMap<TaskKey, Duration> resends = new LinkedHashMap<>();
    private final SequencedMap<Uuid, Duration> operationResends = new LinkedHashMap<>();
    private final SequencedMap<ExecutorKey, Long> subscriptions = new LinkedHashMap<>();
    private final SequencedMap<CheckKey, Checking> checkings = new LinkedHashMap<>();
    private final Deque<Task> completed = new ArrayDeque<>();
    private @Nullable AgentSettings settings;
    private Generator generator = new Generator(0);
    private Link link = new Link.Idle();
    private long lastLink;
    private boolean leaderKnown;
    private boolean launchesStopped;
    private @Nullable DrainConfig draining;
    private Duration backoff = Duration.ZERO;

    public boolean isStarted() {
        return settings != null;
    }

    public AgentSettings settings() {
        return Objects.requireNonNull(settings, "the agent has not been started");
    }

    public Identity identity() {
        return remembered.identity();
    }

    /** The agent's id; empty if it was never admitted, or is dismissed. */
    public Optional<AgentId> agentId() {
        return identity() instanceof Identity.Admitted(var id) ? Optional.of(id) : Optional.empty();
    }

    public boolean isDismissed() {
        return identity() instanceof Identity.Dismissed;
    }

    public long epoch() {
        return remembered.epoch();
    }

    /** How the agent is to be emptied; empty if it isn't. */
    public Optional<DrainConfig> draining() {
        return Optional.ofNullable(draining);
    }

    public SequencedMap<FrameworkId, Framework> frameworks() {
        return remembered.frameworks();
    }

    public SequencedMap<TaskKey, TaskRun> runs() {
        return remembered.runs();
    }

    public SequencedMap<TaskKey, UpdateStream> streams() {
        return remembered.streams();
    }

    public SequencedMap<ExecutorKey, ExecutorRun> executors() {
        return remembered.executors();
    }

    /** Operations whose end is not acknowledged. */
    public SequencedMap<Uuid, Operation> operations() {
        return remembered.operations();
    }

    /** Dynamic reservations and persistent volumes. */
    public Resources checkpointed() {
        return remembered.checkpointed();
    }

    /** What the agent has, with its reservations and volumes; empty if it has not what they were made of. */
    public Optional<Resources> total() {
        Resources configured = Resources.of(settings().info().resources());
        return configured.without(checkpointed().asConfigured()).map(rest -> rest.plus(checkpointed()));
    }

    public Optional<ExecutorRun> executor(ExecutorKey key) {
        return Optional.ofNullable(executors().get(key));
    }

    /** The executor that is the process in this container. */
    public Optional<ExecutorRun> executorIn(ContainerId container) {
        return executors().values().stream()
                .filter(run -> !run.isBuiltIn() && run.container().equals(container))
                .findFirst();
    }

    /** The tasks of an executor that a framework named, also those that are over and not acknowledged. */
    public List<TaskRun> runsOf(ExecutorKey executor) {
        return runsOf(executor.framework()).stream()
                .filter(run -> run.runner().named().isPresent())
                .filter(run -> run.executorKey().equals(executor))
                .toList();
    }

    /** The built-in executor whose sandbox the task's is in. */
    public Optional<ExecutorRun> podOf(TaskRun run) {
        return run.runner() instanceof Runner.Pod ? executor(run.executorKey()) : Optional.empty();
    }

    /** The stream on which an executor listens. */
    public Optional<Long> subscription(ExecutorKey executor) {
        return Optional.ofNullable(subscriptions.get(executor));
    }

    public SequencedMap<ExecutorKey, Long> subscriptions() {
        return Collections.unmodifiableSequencedMap(subscriptions);
    }

    public Optional<Framework> framework(FrameworkId id) {
        return Optional.ofNullable(frameworks().get(id));
    }

    public Optional<TaskRun> run(TaskKey key) {
        return Optional.ofNullable(runs().get(key));
    }

    public Optional<TaskRun> runIn(ContainerId container) {
        return remembered.runIn(container);
    }

    public Optional<UpdateStream> stream(TaskKey key) {
        return Optional.ofNullable(streams().get(key));
    }

    public List<TaskRun> runsOf(FrameworkId framework) {
        return runs().values().stream()
                .filter(run -> run.key().framework().equals(framework))
                .toList();
    }

    /** Tasks that are over and forgotten otherwise, newest last; a bounded number, and none from before the start. */
    public List<Task> completed() {
        return List.copyOf(completed);
    }

    public Link link() {
        return link;
    }

    public long lastLink() {
        return lastLink;
    }

    public boolean leaderKnown() {
        return leaderKnown;
    }

    public Duration backoff() {
        return backoff;
    }

    public boolean launchesStopped() {
        return launchesStopped;
    }

    /** Whether a process of any task may still run. */
    public boolean anyTaskAlive() {
        return runs().values().stream().anyMatch(run -> !run.ended())
                || executors().values().stream().anyMatch(run -> !run.isBuiltIn());
    }

    /** Empty if nothing is to be asked for {@code key}. */
    public Optional<Checking> checking(CheckKey key) {
        return Optional.ofNullable(checkings.get(key));
    }

    /** How long the head of {@code key}'s updates waits for its acknowledgement before it is sent again. */
    public Duration resendAfter(TaskKey key) {
        return resends.getOrDefault(key, RESEND_FIRST);
    }

    /** How long the end of an operation waits for its acknowledgement before it is sent again. */
    public Duration resendAfter(Uuid operation) {
        return operationResends.getOrDefault(operation, RESEND_FIRST);
    }

    Generator generator() {
        return generator;
    }

    void apply(Change change) {
        switch (change) {
            case Change.Durable durable -> applyDurable(durable);
            case Change.SettingsGiven(var given) -> settings = given;
            case Change.GeneratorMoved(var moved) -> generator = moved;
            case Change.LaunchesStopped _ -> launchesStopped = true;
            case Change.DrainOrdered(var config) -> draining = config;
            case Change.LeaderSeen(boolean known) -> leaderKnown = known;
            case Change.LinkMoved(var next) -> move(next);
            case Change.BackoffSet(var next) -> backoff = next;
            case Change.ExecutorConnected(var key, long stream) -> subscriptions.put(key, stream);
            case Change.ExecutorDisconnected(var key) -> subscriptions.remove(key);
            case Change.CheckingMoved(var key, var checking) -> checkings.put(key, checking);
            case Change.CheckingStopped(var key) -> checkings.remove(key);
            case Change.ResendSet(var key, var after) -> resends.put(key, after);
            case Change.OperationResendSet(var operation, var after) -> operationResends.put(operation, after);
        }
    }

    private void applyDurable(Change.Durable change) {
        switch (change) {
            case Change.UpdateAcknowledged(var key, var _) -> resends.remove(key);
            case Change.TaskForgotten(var key) -> {
                resends.remove(key);
                complete(key);
            }
            case Change.ExecutorForgotten(var key) -> subscriptions.remove(key);
            case Change.OperationForgotten(var operation) -> operationResends.remove(operation);
            case Change.AgentCleared _ -> {
                resends.clear();
                operationResends.clear();
                subscriptions.clear();
            }
            case Change.AgentAdmitted _,
                    Change.AgentDismissed _,
                    Change.EpochAdvanced _,
                    Change.FrameworkStored _,
                    Change.FrameworkShutDown _,
                    Change.FrameworkForgotten _,
                    Change.TaskAccepted _,
                    Change.ContainerReplaced _,
                    Change.TaskStarted _,
                    Change.TaskDoomed _,
                    Change.TaskEnded _,
                    Change.ExecutorAccepted _,
                    Change.ExecutorReplaced _,
                    Change.ExecutorStarted _,
                    Change.ExecutorSeen _,
                    Change.ExecutorDoomed _,
                    Change.UpdateQueued _,
                    Change.ResourcesCheckpointed _,
                    Change.OperationKept _ -> {}
        }
        remembered.apply(change);
    }

    private void complete(TaskKey key) {
        Optional<AgentId> agent = agentId();
        Optional<TaskRun> run = run(key);
        if (agent.isPresent() && run.isPresent()) {
            completed.addLast(run.get().toTask(agent.get(), null));
            if (completed.size() > COMPLETED_MOST) {
                completed.removeFirst();
            }
        }
    }

    private void move(Link next) {
        link = next;
        if (next instanceof Link.Opening(long number)) {
            lastLink = number;
        }
    }

    /** All tasks that are not both over and known to be, as the protocol shows them. */
    public List<Task> tasks(AgentId agent) {
        List<Task> tasks = new ArrayList<>();
        for (TaskRun run : runs().values()) {
            tasks.add(run.toTask(agent, forwarded(run)));
        }
        return tasks;
    }

    private @Nullable TaskStatus forwarded(TaskRun run) {
        return stream(run.key())
                .map(stream -> stream.pending().getFirst())
                .orElseGet(
                        () -> run.statuses().isEmpty() ? null : run.statuses().getLast());
    }
}
