package org.nucleus.master.api.legacy;

import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Picture.RunningExecutor;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JsonGenerator;

/** Tasks and executors as the endpoints of old show them. Source: common/http.cpp, json(writer, Task). */
final class TaskJson {
    private TaskJson() {}

    static void write(JsonGenerator json, Task task, String role) {
        json.writeStartObject();
        json.writeStringProperty("id", task.taskId().value());
        json.writeStringProperty("name", task.name());
        json.writeStringProperty("framework_id", task.frameworkId().value());
        json.writeStringProperty(
                "executor_id",
                task.executorId() == null ? "" : task.executorId().value());
        json.writeStringProperty("slave_id", task.agentId().value());
        json.writeStringProperty("state", task.state().name());
        ResourceJson.write(json, "resources", Resources.of(task.resources()));
        json.writeStringProperty("role", role(task, role));
        if (!task.limits().isEmpty()) {
            json.writeObjectPropertyStart("limits");
            task.limits().forEach((name, limit) -> json.writeNumberProperty(name, limit.value()));
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("statuses");
        task.statuses().forEach(status -> write(json, status));
        json.writeEndArray();
        if (task.user() != null) {
            json.writeStringProperty("user", task.user());
        }
        writeLabels(json, task.labels());
        writeMessage(json, "discovery", task.discovery());
        writeMessage(json, "container", task.container());
        writeMessage(json, "health_check", task.healthCheck());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, TaskStatus status) {
        json.writeStartObject();
        json.writeStringProperty("state", status.state().name());
        json.writeNumberProperty("timestamp", status.timestamp() == null ? 0.0 : status.timestamp());
        writeLabels(json, status.labels());
        writeMessage(json, "container_status", status.containerStatus());
        if (status.healthy() != null) {
            json.writeBooleanProperty("healthy", status.healthy());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, RunningExecutor running, String role) {
        ExecutorInfo executor = running.executor();
        json.writeStartObject();
        json.writeStringProperty("executor_id", executor.executorId().value());
        json.writeStringProperty("name", executor.name() == null ? "" : executor.name());
        json.writeStringProperty("framework_id", running.framework().value());
        if (executor.command() != null) {
            writeMessage(json, "command", executor.command());
        }
        ResourceJson.write(json, "resources", Resources.of(executor.resources()));
        json.writeStringProperty("role", role);
        writeLabels(json, executor.labels());
        if (executor.type() != null) {
            json.writeStringProperty("type", executor.type().name());
        }
        json.writeStringProperty("source", executor.source() == null ? "" : executor.source());
        json.writeStringProperty("slave_id", running.agent().value());
        json.writeEndObject();
    }

    static void writeLabels(JsonGenerator json, @Nullable Labels labels) {
        if (labels == null) {
            return;
        }
        json.writeArrayPropertyStart("labels");
        for (Label label : labels.labels()) {
            JsonCodec.v1().write(json, label);
        }
        json.writeEndArray();
    }

    private static void writeMessage(JsonGenerator json, String name, @Nullable Record message) {
        if (message != null) {
            json.writeName(name);
            JsonCodec.v1().write(json, message);
        }
    }

    private static String role(Task task, String role) {
        return task.resources().stream()
                .filter(resource -> resource.allocationInfo() != null
                        && resource.allocationInfo().role() != null)
                .map(resource -> resource.allocationInfo().role())
                .findFirst()
                .orElse(role);
    }
}
