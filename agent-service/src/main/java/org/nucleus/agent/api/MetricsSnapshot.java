package org.nucleus.agent.api;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskState;
import tools.jackson.core.JsonGenerator;

/** {@code /metrics/snapshot}: one flat object of doubles under the original's names, zeros included. */
final class MetricsSnapshot {
    private static final List<String> RESOURCES = List.of("cpus", "gpus", "mem", "disk");
    private static final List<TaskState> PRESENT =
            List.of(TaskState.TASK_STAGING, TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING);

    private final AgentPicture picture;
    private final AgentMetrics metrics;

    MetricsSnapshot(AgentPicture picture, AgentMetrics metrics) {
        this.picture = picture;
        this.metrics = metrics;
    }

    void write(JsonGenerator json) {
        json.writeStartObject();
        put(json, "slave/registered", picture.registered() ? 1 : 0);
        put(
                json,
                "slave/uptime_secs",
                Duration.between(metrics.started(), Instant.now()).toMillis() / 1000.0);
        put(json, "slave/recovery_errors", 0);
        put(json, "slave/recovery_time_secs", metrics.recovery().toMillis() / 1000.0);
        put(json, "slave/frameworks_active", metrics.frameworks());
        put(json, "slave/container_launch_errors", metrics.launchErrors());
        put(json, "slave/valid_status_updates", metrics.updatesSent());
        put(json, "slave/invalid_status_updates", 0);
        put(json, "slave/valid_framework_messages", 0);
        put(json, "slave/invalid_framework_messages", 0);
        tasks(json);
        resources(json);
        system(json);
        json.writeEndObject();
    }

    private void tasks(JsonGenerator json) {
        PRESENT.forEach(state -> put(json, "slave/" + name(state), metrics.present(state)));
        metrics.endedStates().forEach(state -> put(json, "slave/" + name(state), metrics.ended(state)));
        int running = metrics.present(TaskState.TASK_RUNNING);
        put(json, "slave/executors_registering", metrics.present(TaskState.TASK_STAGING));
        put(json, "slave/executors_running", running);
        put(json, "slave/executors_terminating", metrics.present(TaskState.TASK_KILLING));
        put(json, "slave/executors_terminated", metrics.endedTotal());
        put(json, "slave/executors_preempted", 0);
    }

    private void resources(JsonGenerator json) {
        Resources total = Resources.of(picture.settings().info().resources());
        List<Resource> taken = Stream.concat(
                        picture.executors().stream().flatMap(executor -> executor.info().resources().stream()),
                        picture.runs().stream()
                                .filter(run -> !run.ended())
                                .flatMap(run -> run.info().resources().stream()))
                .toList();
        Resources used = Resources.of(taken);
        for (String name : RESOURCES) {
            double all = total.thousandths(name) / 1000.0;
            double part = used.thousandths(name) / 1000.0;
            put(json, "slave/" + name + "_total", all);
            put(json, "slave/" + name + "_used", part);
            put(json, "slave/" + name + "_percent", all == 0 ? 0 : part / all);
            put(json, "slave/" + name + "_revocable_total", 0);
            put(json, "slave/" + name + "_revocable_used", 0);
            put(json, "slave/" + name + "_revocable_percent", 0);
        }
    }

    private static void system(JsonGenerator json) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        put(json, "system/cpus_total", system.getAvailableProcessors());
        put(json, "system/load_1min", Math.max(0, system.getSystemLoadAverage()));
        if (system instanceof com.sun.management.OperatingSystemMXBean memory) {
            put(json, "system/mem_total_bytes", memory.getTotalMemorySize());
            put(json, "system/mem_free_bytes", memory.getFreeMemorySize());
        }
    }

    private static String name(TaskState state) {
        return "tasks_" + state.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
    }

    private static void put(JsonGenerator json, String name, double value) {
        json.writeNumberProperty(name, value);
    }
}
