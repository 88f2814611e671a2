package org.nucleus.master.metrics;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * What is counted for each framework and each principal, from steps, and shown for as long as the framework is there.
 * Written by the writer's thread, read by any. Source of the names: master/metrics.cpp, FrameworkMetrics.
 */
final class FrameworkCounters {
    private final boolean perFramework;
    private final ConcurrentMap<FrameworkId, Of> frameworks = new ConcurrentHashMap<>();
    private final ConcurrentMap<StreamId, FrameworkId> streams = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> others = new ConcurrentSkipListMap<>();

    /** @param perFramework whether frameworks are shown at all: a great many make the answer long */
    FrameworkCounters(boolean perFramework) {
        this.perFramework = perFramework;
    }

    /** One framework's counters, by the rest of their names. */
    private record Of(String prefix, @Nullable String principal, ConcurrentMap<String, LongAdder> counters) {
        void add(String name, int more) {
            counters.computeIfAbsent(name, _ -> new LongAdder()).add(more);
        }
    }

    void stepped(MasterInput input, Step<Change.Durable, Effect> step) {
        step.durable().forEach(this::count);
        if (input instanceof MasterInput.SchedulerCall call) {
            count(call.call());
        }
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SendEvent(var stream, var event)) {
                count(stream, event);
            } else if (effect instanceof Effect.CloseStream(var stream)) {
                streams.remove(stream);
            }
        }
        if (input instanceof MasterInput.SchedulerStreamClosed(var stream)) {
            streams.remove(stream);
        }
    }

    /** Adds all values, with the gauges that {@code picture} tells. */
    void addTo(Map<String, Double> values, Picture picture) {
        others.forEach((name, counter) -> values.put(name, counter.doubleValue()));
        if (!perFramework) {
            return;
        }
        for (Picture.FrameworkPicture each : picture.frameworks()) {
            FrameworkInfo info = each.framework().info();
            String prefix = prefix(info);
            values.put(prefix + "subscribed", each.framework().isConnected() ? 1.0 : 0.0);
            each.framework()
                    .roles()
                    .forEach(role -> values.put(
                            prefix + "roles/" + role + "/suppressed",
                            each.framework().suppressed().contains(role) ? 1.0 : 0.0));
            each.tasks()
                    .forEach(task -> values.merge(prefix + "tasks/active/" + lower(task.state()), 1.0, Double::sum));
        }
        frameworks
                .values()
                .forEach(of -> of.counters()
                        .forEach((name, counter) -> values.put(of.prefix() + name, counter.doubleValue())));
    }

    private void count(Change.Durable change) {
        switch (change) {
            case Change.FrameworkStored(var known) -> {
                FrameworkInfo info = known.info();
                frameworks.compute(
                        Objects.requireNonNull(info.id()),
                        (_, of) -> new Of(
                                prefix(info),
                                info.principal(),
                                of == null ? new ConcurrentSkipListMap<>() : of.counters()));
            }
            case Change.FrameworkCompleted(var id, var _) -> frameworks.remove(id);
            case Change.TaskCompleted(var task, var _) ->
                add(task.frameworkId(), "tasks/terminal/" + lower(task.state()), 1);
            default -> {
                // says nothing that is counted by framework
            }
        }
    }

    private void count(Call call) {
        FrameworkId id = call.frameworkId();
        Call.Type type = call.type();
        Of of = id == null ? null : frameworks.get(id);
        if (of == null || type == null) {
            return;
        }
        of.add("calls", 1);
        of.add("calls/" + type.name().toLowerCase(Locale.ROOT), 1);
        if (call.accept() != null) {
            of.add("offers/accepted", call.accept().offerIds().size());
            call.accept().operations().forEach(operation -> {
                of.add("operations", 1);
                of.add("operations/" + String.valueOf(operation.type()).toLowerCase(Locale.ROOT), 1);
            });
        }
        if (call.decline() != null) {
            of.add("offers/declined", call.decline().offerIds().size());
        }
        if (of.principal() != null) {
            other("frameworks/" + of.principal() + "/messages_received");
            other("frameworks/" + of.principal() + "/messages_processed");
        }
    }

    private void count(StreamId stream, Event event) {
        if (event.subscribed() != null) {
            streams.put(stream, event.subscribed().frameworkId());
            add(event.subscribed().frameworkId(), "calls", 1);
            add(event.subscribed().frameworkId(), "calls/subscribe", 1);
        }
        if (event.update() != null) {
            count(event.update().status());
        }
        FrameworkId id = streams.get(stream);
        if (id == null || event.type() == null) {
            return;
        }
        add(id, "events", 1);
        add(id, "events/" + event.type().name().toLowerCase(Locale.ROOT), 1);
        if (event.offers() != null) {
            add(id, "offers/sent", event.offers().offers().size());
        }
        if (event.rescind() != null) {
            add(id, "offers/rescinded", 1);
        }
    }

    /** Ends of tasks, by who says so and why. */
    private void count(TaskStatus status) {
        switch (status.state()) {
            case TASK_FAILED, TASK_KILLED, TASK_LOST, TASK_ERROR, TASK_DROPPED, TASK_GONE, TASK_GONE_BY_OPERATOR -> {
                if (status.source() != null && status.reason() != null) {
                    String source =
                            status.source().name().toLowerCase(Locale.ROOT).replace("agent", "slave");
                    String reason =
                            status.reason().name().toLowerCase(Locale.ROOT).replace("agent", "slave");
                    other("master/" + status.state().name().toLowerCase(Locale.ROOT) + "/" + source + "/" + reason);
                }
            }
            default -> {
                // the original counts those that ended badly
            }
        }
    }

    private void add(FrameworkId id, String name, int more) {
        Of of = frameworks.get(id);
        if (of != null) {
            of.add(name, more);
        }
    }

    private void other(String name) {
        others.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    private static String lower(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String prefix(FrameworkInfo info) {
        return "master/frameworks/" + URLEncoder.encode(info.name(), StandardCharsets.UTF_8) + "/"
                + Objects.requireNonNull(info.id()).value() + "/";
    }
}
