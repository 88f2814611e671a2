package org.nucleus.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Journal;
import org.nucleus.machine.Machine;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.master.election.MasterTerm;
import org.nucleus.master.registry.Registry;
import org.nucleus.wire.scheduler.Event;

/**
 * What is counted from steps, under the original's names, whose exporters take for granted that each name is there.
 * Counters begin with the process. Source of the names: master/metrics.cpp.
 */
public final class MasterMetrics implements Observer<MasterInput, Change.Durable, Effect> {
    private final Instant startedAt;
    private final Map<String, LongAdder> counters = new LinkedHashMap<>();
    private final FrameworkCounters frameworks;
    private final Timer stores;
    private final Timing storing = new Timing();
    private final Timing fetching = new Timing();
    private final Timing allocating = new Timing();
    private final Timing allocationWait = new Timing();
    private volatile int beingStored;
    /** When the allocation that is to come was asked for. Touched by the writer's thread alone. */
    private @Nullable Instant allocationAsked;

    /** @param perFramework whether the figures of each framework are shown */
    public MasterMetrics(Instant startedAt, MeterRegistry meters, boolean perFramework) {
        this.startedAt = startedAt;
        this.frameworks = new FrameworkCounters(perFramework);
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
            beingStored = changes.size();
            try {
                journal.commit(changes);
            } finally {
                beingStored = 0;
            }
            long nanos = System.nanoTime() - begin;
            storing.record(nanos);
            stores.record(nanos, TimeUnit.NANOSECONDS);
        };
    }

    /** {@code registry}, with the time of reading it all measured. */
    public Registry timed(Registry registry) {
        return new TimedRegistry(registry, fetching);
    }

    /** {@code machine}, with the time of each allocation measured: the step of its alarm does nothing else. */
    public Machine<MasterInput, Change.Durable, Effect> timed(Machine<MasterInput, Change.Durable, Effect> machine) {
        return (now, input) -> {
            if (!(input instanceof MasterInput.TimerFired(WakeKey.AllocationDue _))) {
                return machine.step(now, input);
            }
            long begin = System.nanoTime();
            Step<Change.Durable, Effect> step = machine.step(now, input);
            allocating.record(System.nanoTime() - begin);
            return step;
        };
    }

    /** All values of {@code /metrics/snapshot}. */
    public Map<String, Double> snapshot(Picture picture, Optional<MasterTerm> term, int callsWaiting) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("master/elected", term.isPresent() ? 1.0 : 0.0);
        values.put("master/uptime_secs", uptimeSeconds());
        counters.forEach((name, counter) -> values.put(name, counter.doubleValue()));
        ClusterGauges.add(values, picture);
        AllocatorGauges.add(values, picture);
        frameworks.addTo(values, picture);
        addQueues(values, term, callsWaiting);
        fetching.add("registrar/state_fetch_ms", values);
        storing.add("registrar/state_store_ms", values);
        values.put("registrar/queued_operations", (double) beingStored);
        allocating.add("allocator/mesos/allocation_run_ms", values);
        allocationWait.add("allocator/mesos/allocation_run_latency_ms", values);
        values.put("allocator/mesos/allocation_runs", (double) allocating.count());
        SystemGauges.add(values);
        return values;
    }

    /** The figures of {@code /system/stats.json}. */
    public static Map<String, Double> system() {
        Map<String, Double> values = new LinkedHashMap<>();
        SystemGauges.add(values);
        return values;
    }

    /** One queue feeds the machine, allocator and all: what waits in it are messages, and none are dispatches. */
    private static void addQueues(Map<String, Double> values, Optional<MasterTerm> term, int callsWaiting) {
        values.put(
                "master/event_queue_messages",
                term.map(each -> (double) each.mailbox().waiting()).orElse(0.0));
        values.put("master/event_queue_http_requests", (double) callsWaiting);
        values.put(
                "master/operator_event_stream_subscribers",
                term.map(each -> (double) each.views().feed().count()).orElse(0.0));
        for (String unused : List.of(
                "master/event_queue_dispatches",
                "allocator/event_queue_dispatches",
                "allocator/mesos/event_queue_dispatches")) {
            values.put(unused, 0.0);
        }
    }

    @Override
    public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
        count(input);
        frameworks.stepped(input, step);
        watchAllocation(now, input, step);
        step.durable().forEach(this::count);
        step.effects().forEach(effect -> count(input, effect));
    }

    private void watchAllocation(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
        Instant asked = allocationAsked;
        if (asked != null && input instanceof MasterInput.TimerFired(WakeKey.AllocationDue _)) {
            allocationWait.record(Duration.between(asked, now).toNanos());
            allocationAsked = null;
        }
        for (Effect effect : step.effects()) {
            if (allocationAsked == null && effect instanceof Effect.Wake(WakeKey.AllocationDue _, var _)) {
                allocationAsked = now;
            }
        }
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
                    MasterInput.Order _,
                    MasterInput.Operate _,
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
