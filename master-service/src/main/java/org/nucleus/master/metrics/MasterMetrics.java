package org.nucleus.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.nucleus.machine.Journal;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.wire.scheduler.Event;

/**
 * What is counted from steps, under the original's names, whose exporters take for granted that each name is there.
 * Counters begin with the process. Source of the names: master/metrics.cpp.
 */
public final class MasterMetrics implements Observer<MasterInput, Change.Durable, Effect> {
    private final Instant startedAt;
    private final Map<String, LongAdder> counters = new LinkedHashMap<>();
    private final Timer stores;
    private volatile double lastStoreMillis;

    public MasterMetrics(Instant startedAt, MeterRegistry meters) {
        this.startedAt = startedAt;
        CounterNames.all().forEach(name -> counters.put(name, new LongAdder()));
        counters.forEach(
                (name, counter) -> FunctionCounter.builder("nucleus." + name.replace('/', '.'), counter, LongAdder::sum)
                        .register(meters));
        stores = Timer.builder("nucleus.registrar.state.store").register(meters);
        Gauge.builder("nucleus.master.uptime.seconds", this, MasterMetrics::uptimeSeconds)
                .register(meters);
    }

    /** {@code journal}, with the time of each commit measured. */
    public Journal<Change.Durable> timed(Journal<Change.Durable> journal) {
        return changes -> {
            long begin = System.nanoTime();
            journal.commit(changes);
            long nanos = System.nanoTime() - begin;
            lastStoreMillis = nanos / 1e6;
            stores.record(nanos, TimeUnit.NANOSECONDS);
        };
    }

    /** All values of {@code /metrics/snapshot}. */
    public Map<String, Double> snapshot(Picture picture, Optional<MasterTerm> term) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("master/elected", term.isPresent() ? 1.0 : 0.0);
        values.put("master/uptime_secs", uptimeSeconds());
        counters.forEach((name, counter) -> values.put(name, counter.doubleValue()));
        ClusterGauges.add(values, picture);
        values.put("registrar/state_store_ms", lastStoreMillis);
        values.put("registrar/state_store_ms/count", (double) stores.count());
        values.put("registrar/state_store_ms/max", stores.max(TimeUnit.MILLISECONDS));
        SystemGauges.add(values);
        return values;
    }

    @Override
    public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
        count(input);
        step.durable().forEach(this::count);
        step.effects().forEach(effect -> count(input, effect));
    }

    private void count(MasterInput input) {
        switch (input) {
            case MasterInput.Subscribe in -> {
                boolean known = in.call().frameworkId() != null;
                add(known ? "master/messages_reregister_framework" : "master/messages_register_framework");
            }
            case MasterInput.SchedulerCall in -> CounterNames.of(in.call()).ifPresent(this::add);
            case MasterInput.AgentSubscribe in -> {
                boolean known = in.call().agentId() != null;
                add(known ? "master/messages_reregister_slave" : "master/messages_register_slave");
                add(known ? "master/slave_reregistrations" : "master/slave_registrations");
            }
            case MasterInput.AgentMessage in -> CounterNames.of(in.call()).ifPresent(this::add);
            case MasterInput.Elected _,
                    MasterInput.TimerFired _,
                    MasterInput.SchedulerStreamClosed _,
                    MasterInput.AgentStreamClosed _,
                    MasterInput.TeardownFramework _,
                    MasterInput.MarkAgentGone _,
                    MasterInput.Look _ -> {
                // the original has no counters for these
            }
        }
    }

    private void count(Change.Durable change) {
        if (change instanceof Change.TaskCompleted completed) {
            add("master/"
                    + completed.task().state().name().toLowerCase(Locale.ROOT).replaceFirst("task_", "tasks_"));
        } else if (change instanceof Change.AgentUnreachable) {
            add("master/slave_unreachable_scheduled");
            add("master/slave_unreachable_completed");
            add("master/slave_removals");
            add("master/slave_removals/reason_unhealthy");
        } else if (change instanceof Change.AgentRemoved) {
            add("master/slave_removals");
            add("master/slave_removals/reason_unregistered");
        }
    }

    private void count(MasterInput input, Effect effect) {
        if (effect instanceof Effect.Reply reply
                && reply.outcome() != Outcome.OK
                && reply.outcome() != Outcome.ACCEPTED) {
            add("master/dropped_messages");
        } else if (effect instanceof Effect.SendEvent send && send.event().type() == Event.Type.UPDATE) {
            add("master/valid_status_updates");
        }
    }

    private void add(String name) {
        LongAdder counter = counters.get(name);
        if (counter != null) {
            counter.increment();
        }
    }

    private double uptimeSeconds() {
        return Duration.between(startedAt, Instant.now()).toMillis() / 1_000.0;
    }
}
