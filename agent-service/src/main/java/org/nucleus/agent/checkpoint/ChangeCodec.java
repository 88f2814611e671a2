package org.nucleus.agent.checkpoint;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.JsonCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Durable changes as a JSON array; the protocol's messages in them in the protocol's own JSON. Thread-safe. */
final class ChangeCodec {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonCodec wire = JsonCodec.v1();

    String encode(List<Change.Durable> changes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartArray();
            for (Change.Durable change : changes) {
                json.writeStartObject();
                json.writeStringProperty("change", change.getClass().getSimpleName());
                write(json, change);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return text.toString();
    }

    /** @throws BadMessage if {@code text} isn't what {@link #encode} writes */
    List<Change.Durable> decode(String text) {
        try {
            List<Change.Durable> changes = new ArrayList<>();
            for (JsonNode node : MAPPER.readTree(text)) {
                changes.add(read(node));
            }
            return changes;
        } catch (JacksonException e) {
            throw new BadMessage("Malformed change: " + e.getOriginalMessage());
        }
    }

    private void write(JsonGenerator json, Change.Durable change) {
        switch (change) {
            case Change.AgentAdmitted(var id) -> json.writeStringProperty("agent_id", id.value());
            case Change.AgentDismissed(var reason) -> json.writeStringProperty("reason", reason);
            case Change.AgentCleared _ -> {}
            case Change.EpochAdvanced(long epoch) -> json.writeNumberProperty("epoch", epoch);
            case Change.FrameworkStored(var info) -> message(json, "framework_info", info);
            case Change.FrameworkShutDown(var id) -> json.writeStringProperty("framework_id", id.value());
            case Change.FrameworkForgotten(var id) -> json.writeStringProperty("framework_id", id.value());
            case Change.TaskAccepted(var run) -> run(json, run);
            case Change.ContainerReplaced(var key, var container) -> {
                key(json, key);
                json.writeStringProperty("container_id", container.value());
            }
            case Change.TaskStarted(var key, var at) -> {
                key(json, key);
                json.writeStringProperty("at", at.toString());
            }
            case Change.TaskDoomed(var key, var intent) -> {
                key(json, key);
                intent(json, intent);
            }
            case Change.TaskEnded(var key) -> key(json, key);
            case Change.ExecutorAccepted(var run) -> executor(json, run);
            case Change.ExecutorReplaced(var key, var container) -> {
                key(json, key);
                json.writeStringProperty("container_id", container.value());
            }
            case Change.ExecutorStarted(var key, var at) -> {
                key(json, key);
                json.writeStringProperty("at", at.toString());
            }
            case Change.ExecutorSeen(var key) -> key(json, key);
            case Change.ExecutorDoomed(var key, var intent) -> {
                key(json, key);
                intent(json, intent);
            }
            case Change.ExecutorForgotten(var key) -> key(json, key);
            case Change.UpdateQueued(var framework, var status) -> {
                json.writeStringProperty("framework_id", framework.value());
                message(json, "status", status);
            }
            case Change.UpdateAcknowledged(var key, var uuid) -> {
                key(json, key);
                json.writeStringProperty("uuid", uuid.toBase64());
            }
            case Change.TaskForgotten(var key) -> key(json, key);
            case Change.ResourcesCheckpointed(var resources) -> {
                json.writeArrayPropertyStart("resources");
                resources.toList(Reservations.Form.REFINED).forEach(resource -> wire.write(json, resource));
                json.writeEndArray();
            }
            case Change.OperationKept(var operation) -> message(json, "operation", operation);
            case Change.OperationForgotten(var operation) ->
                json.writeStringProperty("uuid", operation.value().toBase64());
        }
    }

    private Change.Durable read(JsonNode node) {
        String name = text(node, "change");
        return switch (name) {
            case "AgentAdmitted" -> new Change.AgentAdmitted(new AgentId(text(node, "agent_id")));
            case "AgentDismissed" -> new Change.AgentDismissed(text(node, "reason"));
            case "AgentCleared" -> new Change.AgentCleared();
            case "EpochAdvanced" -> new Change.EpochAdvanced(node.path("epoch").asLong());
            case "FrameworkStored" -> new Change.FrameworkStored(message(node, "framework_info", FrameworkInfo.class));
            case "FrameworkShutDown" -> new Change.FrameworkShutDown(new FrameworkId(text(node, "framework_id")));
            case "FrameworkForgotten" -> new Change.FrameworkForgotten(new FrameworkId(text(node, "framework_id")));
            case "TaskAccepted" -> new Change.TaskAccepted(run(node));
            case "ContainerReplaced" -> new Change.ContainerReplaced(key(node), container(node));
            case "TaskStarted" -> new Change.TaskStarted(key(node), instant(node, "at"));
            case "TaskDoomed" -> new Change.TaskDoomed(key(node), die(node.path("intent")));
            case "TaskEnded" -> new Change.TaskEnded(key(node));
            case "ExecutorAccepted" -> new Change.ExecutorAccepted(executor(node));
            case "ExecutorReplaced" -> new Change.ExecutorReplaced(executorKey(node), container(node));
            case "ExecutorStarted" -> new Change.ExecutorStarted(executorKey(node), instant(node, "at"));
            case "ExecutorSeen" -> new Change.ExecutorSeen(executorKey(node));
            case "ExecutorDoomed" -> new Change.ExecutorDoomed(executorKey(node), die(node.path("intent")));
            case "ExecutorForgotten" -> new Change.ExecutorForgotten(executorKey(node));
            case "UpdateQueued" ->
                new Change.UpdateQueued(
                        new FrameworkId(text(node, "framework_id")), message(node, "status", TaskStatus.class));
            case "UpdateAcknowledged" -> new Change.UpdateAcknowledged(key(node), Bytes.fromBase64(text(node, "uuid")));
            case "TaskForgotten" -> new Change.TaskForgotten(key(node));
            case "ResourcesCheckpointed" -> new Change.ResourcesCheckpointed(resources(node.path("resources")));
            case "OperationKept" -> new Change.OperationKept(message(node, "operation", Operation.class));
            case "OperationForgotten" -> new Change.OperationForgotten(new Uuid(Bytes.fromBase64(text(node, "uuid"))));
            default -> throw new BadMessage("Unknown change " + name);
        };
    }

    private Resources resources(JsonNode array) {
        List<Resource> resources = new ArrayList<>();
        array.forEach(resource -> resources.add(wire.decode(bytes(resource), Resource.class)));
        return Resources.of(resources);
    }

    private void run(JsonGenerator json, TaskRun run) {
        key(json, run.key());
        message(json, "task", run.info());
        json.writeStringProperty("user", run.user());
        json.writeStringProperty("container_id", run.container().value());
        json.writeStringProperty("accepted", run.accepted().toString());
        phase(json, run.phase());
        if (run.intent() instanceof Intent.Die die) {
            intent(json, die);
        }
        runner(json, run.runner());
        json.writeStringProperty("state", run.state().name());
        json.writeArrayPropertyStart("statuses");
        run.statuses().forEach(status -> wire.write(json, status));
        json.writeEndArray();
    }

    private TaskRun run(JsonNode node) {
        List<TaskStatus> statuses = new ArrayList<>();
        for (JsonNode status : node.path("statuses")) {
            statuses.add(wire.decode(bytes(status), TaskStatus.class));
        }
        return new TaskRun(
                key(node),
                message(node, "task", TaskInfo.class),
                text(node, "user"),
                container(node),
                instant(node, "accepted"),
                phase(node),
                intent(node),
                TaskState.valueOf(text(node, "state")),
                statuses,
                runner(node));
    }

    private void executor(JsonGenerator json, ExecutorRun run) {
        key(json, run.key());
        message(json, "executor", run.info());
        json.writeStringProperty("user", run.user());
        json.writeStringProperty("container_id", run.container().value());
        phase(json, run.phase());
        json.writeBooleanProperty("seen", run.seen());
        if (run.intent() instanceof Intent.Die die) {
            intent(json, die);
        }
    }

    private ExecutorRun executor(JsonNode node) {
        return new ExecutorRun(
                executorKey(node),
                message(node, "executor", ExecutorInfo.class),
                text(node, "user"),
                container(node),
                phase(node),
                node.path("seen").asBoolean(),
                intent(node));
    }

    private static void phase(JsonGenerator json, Phase phase) {
        switch (phase) {
            case Phase.Launching _ -> json.writeStringProperty("phase", "LAUNCHING");
            case Phase.Running(var since) -> {
                json.writeStringProperty("phase", "RUNNING");
                json.writeStringProperty("since", since.toString());
            }
            case Phase.Ended _ -> json.writeStringProperty("phase", "ENDED");
        }
    }

    private static Phase phase(JsonNode node) {
        return switch (text(node, "phase")) {
            case "LAUNCHING" -> new Phase.Launching();
            case "RUNNING" -> new Phase.Running(instant(node, "since"));
            case "ENDED" -> new Phase.Ended();
            default -> throw new BadMessage("Unknown phase " + text(node, "phase"));
        };
    }

    /** A command task's runner is left out. */
    private static void runner(JsonGenerator json, Runner runner) {
        switch (runner) {
            case Runner.Command _ -> {}
            case Runner.Pod(var executor, var group) -> runner(json, "POD", executor, group);
            case Runner.Custom(var executor, var group) -> runner(json, "CUSTOM", executor, group);
        }
    }

    private static void runner(JsonGenerator json, String kind, ExecutorId executor, List<TaskId> group) {
        json.writeStringProperty("runner", kind);
        json.writeStringProperty("executor_id", executor.value());
        json.writeArrayPropertyStart("group");
        group.forEach(task -> json.writeString(task.value()));
        json.writeEndArray();
    }

    private static Runner runner(JsonNode node) {
        if (!node.has("runner")) {
            return new Runner.Command();
        }
        ExecutorId executor = new ExecutorId(text(node, "executor_id"));
        List<TaskId> group = new ArrayList<>();
        node.path("group").forEach(task -> group.add(new TaskId(task.asString())));
        return switch (text(node, "runner")) {
            case "POD" -> new Runner.Pod(executor, group);
            case "CUSTOM" -> new Runner.Custom(executor, group);
            default -> throw new BadMessage("Unknown runner " + text(node, "runner"));
        };
    }

    private static void intent(JsonGenerator json, Intent.Die intent) {
        json.writeObjectPropertyStart("intent");
        json.writeStringProperty("cause", intent.cause().name());
        json.writeStringProperty("asked", intent.asked().toString());
        json.writeStringProperty("deadline", intent.deadline().toString());
        json.writeEndObject();
    }

    private static Intent intent(JsonNode node) {
        return node.has("intent") ? die(node.path("intent")) : new Intent.Live();
    }

    private static Intent.Die die(JsonNode node) {
        return new Intent.Die(
                Intent.Cause.valueOf(text(node, "cause")), instant(node, "asked"), instant(node, "deadline"));
    }

    private static void key(JsonGenerator json, TaskKey key) {
        json.writeStringProperty("framework_id", key.framework().value());
        json.writeStringProperty("task_id", key.task().value());
    }

    private static void key(JsonGenerator json, ExecutorKey key) {
        json.writeStringProperty("framework_id", key.framework().value());
        json.writeStringProperty("executor_id", key.executor().value());
    }

    private static ExecutorKey executorKey(JsonNode node) {
        return ExecutorKey.of(text(node, "framework_id"), text(node, "executor_id"));
    }

    private static TaskKey key(JsonNode node) {
        return TaskKey.of(text(node, "framework_id"), text(node, "task_id"));
    }

    private static ContainerId container(JsonNode node) {
        return new ContainerId(text(node, "container_id"), null);
    }

    private void message(JsonGenerator json, String name, Record message) {
        json.writeName(name);
        wire.write(json, message);
    }

    private <T extends Record> T message(JsonNode node, String name, Class<T> type) {
        return wire.decode(bytes(node.path(name)), type);
    }

    private static byte[] bytes(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(text(node, name));
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isString()) {
            throw new BadMessage("A change lacks '" + name + "'");
        }
        return value.asString();
    }
}
