package org.nucleus.agent.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.wire.TaskState;

/** Counts what steps do. Told by the writer's thread, read by any. */
public final class AgentMetrics implements Observer<AgentInput, Change.Durable, Effect> {
    private final AgentState state;
    private final Instant started;
    private final Map<TaskState, LongAdder> ended = new EnumMap<>(TaskState.class);
    private final Map<TaskState, AtomicInteger> present = new EnumMap<>(TaskState.class);
    private final LongAdder launchErrors = new LongAdder();
    private final LongAdder updatesSent = new LongAdder();
    private final AtomicInteger frameworks = new AtomicInteger();
    private final AtomicInteger pendingUpdates = new AtomicInteger();
    private volatile boolean registered;
    private volatile Duration recovery = Duration.ZERO;

    public AgentMetrics(AgentState state, Instant started, MeterRegistry registry) {
        this.state = state;
        this.started = started;
        for (TaskState each : TaskState.values()) {
            String name = each.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
            if (UpdateStreams.isTerminal(each)) {
                ended.put(each, new LongAdder());
                FunctionCounter.builder("nucleus.agent.tasks.ended", ended.get(each), LongAdder::sum)
                        .tag("state", name)
                        .register(registry);
            } else {
                present.put(each, new AtomicInteger());
                Gauge.builder("nucleus.agent.tasks", present.get(each), AtomicInteger::get)
                        .tag("state", name)
                        .register(registry);
            }
        }
        FunctionCounter.builder("nucleus.agent.launch.errors", launchErrors, LongAdder::sum)
                .register(registry);
        FunctionCounter.builder("nucleus.agent.updates.sent", updatesSent, LongAdder::sum)
                .register(registry);
        Gauge.builder("nucleus.agent.updates.pending", pendingUpdates, AtomicInteger::get)
                .register(registry);
        Gauge.builder("nucleus.agent.registered", this, metrics -> metrics.registered ? 1 : 0)
                .register(registry);
    }

    @Override
    public void stepped(Instant now, AgentInput input, Step<Change.Durable, Effect> step) {
        if (input instanceof AgentInput.Started) {
            recovery = Duration.between(started, now);
        }
        if (input instanceof AgentInput.LaunchFailed) {
            launchErrors.increment();
        }
        for (Change.Durable change : step.durable()) {
            if (change instanceof Change.UpdateQueued(var _, var status) && ended.containsKey(status.state())) {
                ended.get(status.state()).increment();
            }
        }
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SendCall(var _, var call) && call.update() != null) {
                updatesSent.increment();
            }
        }
    }

    @Override
    public void batchReleased() {
        registered = state.link() instanceof Link.Registered;
        frameworks.set(state.frameworks().size());
        pendingUpdates.set(state.streams().size());
        Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);
        for (TaskRun run : state.runs().values()) {
            counts.merge(run.state(), 1, Integer::sum);
        }
        present.forEach((each, gauge) -> gauge.set(counts.getOrDefault(each, 0)));
    }

    public Instant started() {
        return started;
    }

    public boolean registered() {
        return registered;
    }

    public Duration recovery() {
        return recovery;
    }

    public int frameworks() {
        return frameworks.get();
    }

    public long launchErrors() {
        return launchErrors.sum();
    }

    public long updatesSent() {
        return updatesSent.sum();
    }

    /** How many tasks have ended so since the start, by terminal state. */
    public long ended(TaskState state) {
        return Objects.requireNonNull(ended.get(state)).sum();
    }

    public long endedTotal() {
        return ended.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** How many tasks are so now, by state that isn't terminal. */
    public int present(TaskState state) {
        return Objects.requireNonNull(present.get(state)).get();
    }

    /** The states that {@link #ended} knows. */
    public Iterable<TaskState> endedStates() {
        return Collections.unmodifiableMap(ended).keySet();
    }
}
