package org.nucleus.agent.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JsonGenerator;

/** The agent's {@code /state}. Source: slave/http.cpp, StateWriter; the shapes are those of common/http.cpp. */
final class StateJson {
    private final AgentPicture picture;
    private final Places places;

    /** Where executors and their tasks write. */
    interface Places {
        Path sandbox(ExecutorKey executor, ContainerId container);
    }

    StateJson(AgentPicture picture, Places places) {
        this.picture = picture;
        this.places = places;
    }

    void write(JsonGenerator json, Instant started, About about) {
        var info = picture.settings().info();
        json.writeStartObject();
        json.writeStringProperty("version", picture.settings().version());
        json.writeNumberProperty("start_time", started.toEpochMilli() / 1000.0);
        json.writeStringProperty("id", picture.agentId().map(id -> id.value()).orElse(""));
        json.writeStringProperty("pid", "slave(1)@" + about.endpoint().get());
        json.writeStringProperty("hostname", info.hostname());
        about.master().get().ifPresent(host -> json.writeStringProperty("master_hostname", host));
        JsonDocument.array(
                json,
                "capabilities",
                picture.settings().capabilities(),
                capability -> json.writeString(String.valueOf(capability.type())));
        ResourcesJson.write(json, picture);
        JsonDocument.array(json, "resource_providers", List.of(), _ -> {});
        JsonDocument.field(json, "attributes", object -> info.attributes().forEach(each -> attribute(object, each)));
        JsonDocument.field(
                json,
                "flags",
                object -> about.flags().forEach(flag -> object.writeStringProperty(flag.name(), flag.value())));
        JsonDocument.array(json, "frameworks", picture.frameworks(), framework -> framework(json, framework));
        JsonDocument.array(json, "completed_frameworks", completedFrameworks(), id -> {
            json.writeStartObject();
            json.writeStringProperty("id", id.value());
            JsonDocument.array(json, "executors", List.of(), _ -> {});
            JsonDocument.array(json, "completed_executors", completedOf(id), task -> completed(json, task));
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private void framework(JsonGenerator json, Framework framework) {
        var info = framework.info();
        FrameworkId id = info.id();
        json.writeStartObject();
        json.writeStringProperty("id", id == null ? "" : id.value());
        json.writeStringProperty("name", info.name());
        json.writeStringProperty("user", info.user());
        json.writeNumberProperty("failover_timeout", info.failoverTimeout());
        json.writeBooleanProperty("checkpoint", info.checkpoint());
        json.writeStringProperty("hostname", info.hostname() == null ? "" : info.hostname());
        JsonDocument.array(json, "roles", info.roles(), json::writeString);
        List<TaskRun> runs = picture.runs().stream()
                .filter(run -> run.key().framework().equals(id))
                .toList();
        json.writeArrayPropertyStart("executors");
        runs.stream().filter(run -> run.runner() instanceof Runner.Command).forEach(run -> commandExecutor(json, run));
        picture.executors().stream()
                .filter(executor -> executor.key().framework().equals(id))
                .forEach(executor -> executor(json, executor, runs));
        json.writeEndArray();
        JsonDocument.array(json, "completed_executors", completedOf(id), task -> completed(json, task));
        if (info.principal() != null) {
            json.writeStringProperty("principal", info.principal());
        }
        json.writeEndObject();
    }

    /** A command task's executor has the task's id, and is shown with it. */
    private void commandExecutor(JsonGenerator json, TaskRun run) {
        String task = run.key().task().value();
        json.writeStartObject();
        json.writeStringProperty("id", task);
        json.writeStringProperty("name", "Command Executor (Task: " + task + ")");
        json.writeStringProperty("source", task);
        place(json, run.executorKey(), run.container());
        JsonDocument.resources(json, "resources", run.info().resources());
        role(run.info().resources()).ifPresent(role -> json.writeStringProperty("role", role));
        tasks(json, List.of(run), List.of());
        json.writeEndObject();
    }

    /** A built-in executor's tasks are never queued: it is there. */
    private void executor(JsonGenerator json, ExecutorRun executor, List<TaskRun> ofFramework) {
        ExecutorInfo info = executor.info();
        List<TaskRun> runs = ofFramework.stream()
                .filter(run -> run.executorKey().equals(executor.key()))
                .toList();
        List<TaskRun> queued = runs.stream()
                .filter(run -> !run.ownsContainer() && run.phase() instanceof Phase.Launching)
                .toList();
        json.writeStartObject();
        json.writeStringProperty("id", info.executorId().value());
        json.writeStringProperty("name", info.name() == null ? "" : info.name());
        json.writeStringProperty("source", info.source() == null ? "" : info.source());
        json.writeStringProperty("type", executor.isBuiltIn() ? "DEFAULT" : "CUSTOM");
        place(json, executor.key(), executor.container());
        List<Resource> resources = Stream.concat(
                        info.resources().stream(),
                        runs.stream().filter(run -> !run.ended()).flatMap(run -> run.info().resources().stream()))
                .toList();
        JsonDocument.resources(json, "resources", Resources.of(resources).toList());
        role(resources).ifPresent(role -> json.writeStringProperty("role", role));
        if (info.labels() != null) {
            JsonDocument.array(
                    json,
                    "labels",
                    info.labels().labels(),
                    label -> JsonCodec.v1().write(json, label));
        }
        tasks(json, runs.stream().filter(run -> !queued.contains(run)).toList(), queued);
        json.writeEndObject();
    }

    private void place(JsonGenerator json, ExecutorKey key, ContainerId container) {
        json.writeStringProperty("container", container.value());
        json.writeStringProperty("directory", places.sandbox(key, container).toString());
    }

    private void tasks(JsonGenerator json, List<TaskRun> launched, List<TaskRun> queued) {
        JsonDocument.array(json, "tasks", shown(launched), each -> task(json, each));
        JsonDocument.array(json, "queued_tasks", shown(queued), each -> task(json, each));
        JsonDocument.array(json, "completed_tasks", List.of(), _ -> {});
    }

    private List<Task> shown(List<TaskRun> runs) {
        return picture.agentId().stream()
                .flatMap(agent -> runs.stream().map(run -> run.toTask(agent, null)))
                .toList();
    }

    private static void completed(JsonGenerator json, Task task) {
        json.writeStartObject();
        String executor = task.executorId() == null
                ? task.taskId().value()
                : task.executorId().value();
        json.writeStringProperty("id", executor);
        json.writeStringProperty("source", executor);
        JsonDocument.array(json, "tasks", List.of(), _ -> {});
        JsonDocument.array(json, "completed_tasks", List.of(task), each -> task(json, each));
        json.writeEndObject();
    }

    private static void task(JsonGenerator json, Task task) {
        json.writeStartObject();
        json.writeStringProperty("id", task.taskId().value());
        json.writeStringProperty("name", task.name());
        json.writeStringProperty("framework_id", task.frameworkId().value());
        json.writeStringProperty(
                "executor_id",
                task.executorId() == null ? "" : task.executorId().value());
        json.writeStringProperty("slave_id", task.agentId().value());
        json.writeStringProperty("state", task.state().name());
        JsonDocument.resources(json, "resources", task.resources());
        role(task.resources()).ifPresent(role -> json.writeStringProperty("role", role));
        if (task.user() != null) {
            json.writeStringProperty("user", task.user());
        }
        if (!task.limits().isEmpty()) {
            JsonDocument.field(
                    json,
                    "limits",
                    limits -> task.limits().forEach((name, limit) -> limit(limits, name, limit.value())));
        }
        if (task.labels() != null) {
            JsonDocument.array(
                    json,
                    "labels",
                    task.labels().labels(),
                    label -> JsonCodec.v1().write(json, label));
        }
        message(json, "discovery", task.discovery());
        message(json, "container", task.container());
        JsonDocument.array(json, "statuses", task.statuses(), status -> status(json, status));
        if (task.healthCheck() != null) {
            json.writeName("health_check");
            JsonCodec.v1().write(json, withoutSecrets(task.healthCheck()));
        }
        json.writeEndObject();
    }

    private static void limit(JsonGenerator json, String name, double value) {
        if (Double.isInfinite(value)) {
            json.writeStringProperty(name, "Infinity");
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    private static void message(JsonGenerator json, String name, @Nullable Record message) {
        if (message != null) {
            json.writeName(name);
            JsonCodec.v1().write(json, message);
        }
    }

    /** Whose resources they are: those of a task or an executor are of one role. */
    private static Optional<String> role(List<Resource> resources) {
        return resources.stream()
                .flatMap(resource -> Stream.ofNullable(resource.allocationInfo()))
                .flatMap(allocation -> Stream.ofNullable(allocation.role()))
                .findFirst();
    }

    private static HealthCheck withoutSecrets(HealthCheck check) {
        return check.command() == null
                ? check
                : check.toBuilder()
                        .command(Seen.withoutSecrets(check.command()))
                        .build();
    }

    private static void status(JsonGenerator json, TaskStatus status) {
        json.writeStartObject();
        json.writeStringProperty("state", status.state().name());
        if (status.timestamp() != null) {
            json.writeNumberProperty("timestamp", status.timestamp());
        }
        if (status.containerStatus() != null) {
            json.writeName("container_status");
            JsonCodec.v1().write(json, status.containerStatus());
        }
        if (status.healthy() != null) {
            json.writeBooleanProperty("healthy", status.healthy());
        }
        json.writeEndObject();
    }

    private static void attribute(JsonGenerator json, Attribute attribute) {
        Value.Scalar scalar = attribute.scalar();
        if (scalar != null) {
            json.writeNumberProperty(attribute.name(), scalar.value());
        } else if (attribute.text() != null) {
            json.writeStringProperty(attribute.name(), attribute.text().value());
        } else if (attribute.ranges() != null) {
            List<String> ranges = attribute.ranges().range().stream()
                    .map(range -> range.begin() + "-" + range.end())
                    .toList();
            json.writeStringProperty(attribute.name(), "[" + String.join(", ", ranges) + "]");
        }
    }

    private List<FrameworkId> completedFrameworks() {
        return picture.completed().stream()
                .map(Task::frameworkId)
                .distinct()
                .filter(id -> picture.frameworks().stream()
                        .noneMatch(framework -> id.equals(framework.info().id())))
                .toList();
    }

    private List<Task> completedOf(@Nullable FrameworkId id) {
        return picture.completed().stream()
                .filter(task -> task.frameworkId().equals(id))
                .toList();
    }
}
