package org.nucleus.agent.api;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.nucleus.agent.metrics.AgentMetrics;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskState;

/** {@code /metrics/snapshot}: one flat object of doubles under the original's names, zeros included. */
public final class MetricsSnapshot {
    private static final List<String> RESOURCES = List.of("cpus", "gpus", "mem", "disk");
    private static final List<TaskState> PRESENT =
            List.of(TaskState.TASK_STAGING, TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING);

    private final AgentPicture picture;
    private final AgentMetrics metrics;

    public MetricsSnapshot(AgentPicture picture, AgentMetrics metrics) {
        this.picture = picture;
        this.metrics = metrics;
    }

    /** By name. */
    public SequencedMap<String, Double> values() {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        put(values, "slave/registered", picture.registered() ? 1 : 0);
        put(
                values,
                "slave/uptime_secs",
                Duration.between(metrics.started(), Instant.now()).toMillis() / 1000.0);
        put(values, "slave/recovery_errors", 0);
        put(values, "slave/recovery_time_secs", metrics.recovery().toMillis() / 1000.0);
        put(values, "slave/frameworks_active", metrics.frameworks());
        put(values, "slave/container_launch_errors", metrics.launchErrors());
        put(values, "slave/valid_status_updates", metrics.updatesSent());
        put(values, "slave/invalid_status_updates", 0);
        put(values, "slave/valid_framework_messages", 0);
        put(values, "slave/invalid_framework_messages", 0);
        tasks(values);
        resources(values);
        system(values);
        return values;
    }

    private void tasks(Map<String, Double> values) {
        PRESENT.forEach(state -> put(values, "slave/" + name(state), metrics.present(state)));
        metrics.endedStates().forEach(state -> put(values, "slave/" + name(state), metrics.ended(state)));
        int running = metrics.present(TaskState.TASK_RUNNING);
        put(values, "slave/executors_registering", metrics.present(TaskState.TASK_STAGING));
        put(values, "slave/executors_running", running);
        put(values, "slave/executors_terminating", metrics.present(TaskState.TASK_KILLING));
        put(values, "slave/executors_terminated", metrics.endedTotal());
        put(values, "slave/executors_preempted", 0);
    }

    private void resources(Map<String, Double> values) {
        Resources total = Resources.of(picture.settings().info().resources());
        List<Resource> taken = Stream.concat(
                        picture.executors().stream().flatMap(executor -> executor.info().resources().stream()),
                        picture.runs().stream()
                                .filter(run -> !run.ended())
                                .flatMap(run -> run.info().resources().stream()))
                .toList();
        Resources used = Resources.of(taken);
        for (String name : RESOURCES) {
            put(
                    values,
                    "slave/" + name,
                    total.nonRevocable().thousandths(name),
                    used.nonRevocable().thousandths(name));
            put(
                    values,
                    "slave/" + name + "_revocable",
                    total.revocable().thousandths(name),
                    used.revocable().thousandths(name));
        }
    }

    /** In thousandths; of nothing, nothing is used. */
    private static void put(Map<String, Double> values, String name, long total, long used) {
        put(values, name + "_total", total / 1000.0);
        put(values, name + "_used", used / 1000.0);
        put(values, name + "_percent", total == 0 ? 0 : (double) used / total);
    }

    private static void system(Map<String, Double> values) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        put(values, "system/cpus_total", system.getAvailableProcessors());
        put(values, "system/load_1min", Math.max(0, system.getSystemLoadAverage()));
        if (system instanceof com.sun.management.OperatingSystemMXBean memory) {
            put(values, "system/mem_total_bytes", memory.getTotalMemorySize());
            put(values, "system/mem_free_bytes", memory.getFreeMemorySize());
        }
    }

    private static String name(TaskState state) {
        return "tasks_" + state.name().substring("TASK_".length()).toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Double> values, String name, double value) {
        values.put(name, value);
    }
}
