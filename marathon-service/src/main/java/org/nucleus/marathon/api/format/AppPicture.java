package org.nucleus.marathon.api.format;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Failure;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Readiness;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.view.ClusterView;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An app with what is known of its instances, as far as the client asked to see it. */
public final class AppPicture {
    private final ClusterView view;

    /** Parts that a client may ask for. Source: api.v2.AppsResource, embed. */
    public enum Part {
        TASKS,
        COUNTS,
        DEPLOYMENTS,
        READINESS,
        LAST_TASK_FAILURE,
        TASK_STATS
    }

    public AppPicture(ClusterView view) {
        this.view = view;
    }

    /** The parts named by {@code embed}; unknown names are ignored. */
    public static Set<Part> parts(List<String> embed) {
        Set<Part> parts = new LinkedHashSet<>();
        for (String name : embed) {
            switch (name.replaceFirst("^(group\\.apps|apps|app)\\.", "")) {
                case "tasks" -> parts.addAll(List.of(Part.TASKS, Part.DEPLOYMENTS));
                case "counts" -> parts.add(Part.COUNTS);
                case "deployments" -> parts.add(Part.DEPLOYMENTS);
                case "readiness" -> parts.add(Part.READINESS);
                case "lastTaskFailure" -> parts.add(Part.LAST_TASK_FAILURE);
                case "taskStats" -> parts.add(Part.TASK_STATS);
                case "failures" ->
                    parts.addAll(List.of(Part.LAST_TASK_FAILURE, Part.TASKS, Part.COUNTS, Part.DEPLOYMENTS));
                default -> {
                    // the original ignores what it doesn't know
                }
            }
        }
        return parts;
    }

    public ObjectNode write(App app, Set<Part> parts) {
        ObjectNode json = AppWriter.write(app);
        List<Instance> instances = view.instances(app.id());
        if (parts.contains(Part.COUNTS)) {
            counts(json, app, instances);
        }
        if (parts.contains(Part.DEPLOYMENTS)) {
            ArrayNode deployments = json.putArray("deployments");
            view.deploymentsOf(app.id())
                    .forEach(deployment -> deployments.addObject().put("id", deployment.id()));
        }
        if (parts.contains(Part.READINESS)) {
            readiness(app, instances, view, json.putArray("readinessCheckResults"));
        }
        if (parts.contains(Part.TASKS)) {
            ArrayNode tasks = json.putArray("tasks");
            instances.stream()
                    .filter(Instance::isLaunched)
                    .forEach(instance ->
                            tasks.add(TaskWriter.write(instance, app, view.findings(instance.id()), false)));
        }
        if (parts.contains(Part.LAST_TASK_FAILURE)) {
            view.lastFailure(app.id()).ifPresent(failure -> failure(json.putObject("lastTaskFailure"), failure));
        }
        if (parts.contains(Part.TASK_STATS)) {
            TaskStats.write(json.putObject("tasksStats"), app, instances);
        }
        return json;
    }

    /** What the readiness checks of instances have found that a deployment still waits for. */
    public static void readiness(App app, List<Instance> instances, ClusterView view, ArrayNode json) {
        if (app.readinessChecks().isEmpty()) {
            return;
        }
        ReadinessCheck check = app.readinessChecks().getFirst();
        for (Instance instance : instances) {
            view.findings(instance.id())
                    .readiness(instance)
                    .ifPresent(found -> readiness(json.addObject(), check.name(), instance, found));
        }
    }

    private static void readiness(ObjectNode json, String name, Instance instance, Readiness found) {
        json.put("name", name).put("taskId", instance.taskId()).put("ready", found.ready());
        Readiness.Response last = found.last();
        if (last != null) {
            json.putObject("lastResponse")
                    .put("status", last.status())
                    .put("contentType", last.contentType())
                    .put("body", last.body());
        }
    }

    private static void counts(ObjectNode json, App app, List<Instance> instances) {
        boolean checked = !app.healthChecks().isEmpty();
        json.put("tasksStaged", instances.stream().filter(AppPicture::isStaged).count());
        json.put(
                "tasksRunning",
                instances.stream()
                        .filter(one -> one.condition() == Condition.RUNNING)
                        .count());
        json.put("tasksHealthy", checked ? count(instances, true) : 0L);
        json.put("tasksUnhealthy", checked ? count(instances, false) : 0L);
    }

    static boolean isStaged(Instance instance) {
        return switch (instance.condition()) {
            case PROVISIONED, STAGING, STARTING -> true;
            case SCHEDULED, RUNNING, KILLING, UNREACHABLE, UNREACHABLE_INACTIVE -> false;
        };
    }

    private static long count(List<Instance> instances, boolean healthy) {
        return instances.stream()
                .filter(one -> one.condition() == Condition.RUNNING
                        && Boolean.valueOf(healthy).equals(one.healthy()))
                .count();
    }

    private static void failure(ObjectNode json, Failure failure) {
        json.put("appId", failure.app().value())
                .put("host", failure.host())
                .put("message", failure.message())
                .put("state", failure.state())
                .put("taskId", failure.taskId())
                .put("timestamp", Version.text(failure.timestamp()))
                .put("version", failure.version().toString())
                .put("slaveId", failure.agent());
    }
}
