package org.nucleus.master.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.TaskState;

/** What the original measures of the cluster as it is now. */
final class ClusterGauges {
    private static final double THOUSAND = 1_000.0;
    private static final List<String> NAMES = List.of("cpus", "gpus", "mem", "disk");
    private static final List<TaskState> LIVE =
            List.of(TaskState.TASK_STAGING, TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING);

    private ClusterGauges() {}

    static void add(Map<String, Double> values, Picture picture) {
        addResources(values, picture);
        addAgents(values, picture);
        addFrameworks(values, picture);
        for (TaskState state : LIVE) {
            values.put("master/" + state.name().toLowerCase(Locale.ROOT).replaceFirst("task_", "tasks_"), (double)
                    picture.frameworks().stream()
                            .flatMap(framework -> framework.tasks().stream())
                            .filter(task -> task.state() == state)
                            .count());
        }
        values.put("master/tasks_unreachable", (double) picture.frameworks().stream()
                .mapToInt(framework -> framework.unreachableTasks().size())
                .sum());
    }

    private static void addResources(Map<String, Double> values, Picture picture) {
        for (String name : NAMES) {
            long total = 0;
            long used = 0;
            long revocableTotal = 0;
            long revocableUsed = 0;
            for (AgentPicture agent : picture.agents()) {
                if (agent.agent().isConnected()) {
                    Resources all = agent.agent().total();
                    total += all.nonRevocable().thousandths(name);
                    used += agent.used().nonRevocable().thousandths(name);
                    revocableTotal += all.revocable().thousandths(name);
                    revocableUsed += agent.used().revocable().thousandths(name);
                }
            }
            put(values, "master/" + name, total, used);
            put(values, "master/" + name + "_revocable", revocableTotal, revocableUsed);
        }
    }

    private static void put(Map<String, Double> values, String prefix, long total, long used) {
        values.put(prefix + "_total", total / THOUSAND);
        values.put(prefix + "_used", used / THOUSAND);
        values.put(prefix + "_percent", total == 0 ? 0.0 : (double) used / total);
    }

    private static void addAgents(Map<String, Double> values, Picture picture) {
        double connected = picture.agents().stream()
                .filter(agent -> agent.agent().isConnected())
                .count();
        double disconnected = picture.agents().stream()
                .filter(agent -> !agent.agent().isConnected() && !agent.agent().isRecovered())
                .count();
        double active = picture.agents().stream().filter(AgentPicture::isActive).count();
        values.put("master/slaves_active", active);
        values.put("master/slaves_inactive", connected + disconnected - active);
        values.put("master/slaves_connected", connected);
        values.put("master/slaves_disconnected", disconnected);
        values.put("master/slaves_unreachable", (double)
                picture.unreachableAgents().size());
    }

    private static void addFrameworks(Map<String, Double> values, Picture picture) {
        double connected = picture.frameworks().stream()
                .filter(framework -> framework.framework().isConnected())
                .count();
        double disconnected = picture.frameworks().size() - connected;
        values.put("master/frameworks_active", connected);
        values.put("master/frameworks_inactive", disconnected);
        values.put("master/frameworks_connected", connected);
        values.put("master/frameworks_disconnected", disconnected);
        values.put("master/outstanding_offers", (double) picture.frameworks().stream()
                .mapToInt(framework -> framework.offers().size())
                .sum());
    }
}
