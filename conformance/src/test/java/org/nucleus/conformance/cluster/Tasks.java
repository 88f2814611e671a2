package org.nucleus.conformance.cluster;

import static org.nucleus.conformance.wire.Json.object;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Descriptions of tasks and executors, and the operations that start them. */
public final class Tasks {
    public static final List<String> TERMINAL = List.of(
            "TASK_FINISHED",
            "TASK_FAILED",
            "TASK_KILLED",
            "TASK_ERROR",
            "TASK_LOST",
            "TASK_DROPPED",
            "TASK_GONE",
            "TASK_GONE_BY_OPERATOR");

    private Tasks() {}

    /** A task of 0.1 cpus and 32 MiB that runs a command of the shell. */
    public static ObjectNode command(String id, JsonNode offer, String command) {
        ObjectNode task = plain(id, offer);
        task.putObject("command").put("value", command);
        return task;
    }

    /** A task without what it runs. */
    public static ObjectNode plain(String id, JsonNode offer) {
        ObjectNode task =
                object("{'name': '%s', 'task_id': {'value': '%s'}, 'agent_id': %s}", id, id, offer.path("agent_id"));
        task.withArray("resources").add(scalar("cpus", 0.1)).add(scalar("mem", 32));
        return task;
    }

    public static ObjectNode scalar(String name, double value) {
        return object("{'name': '%s', 'type': 'SCALAR', 'scalar': {'value': %s}}", name, Double.toString(value));
    }

    /** A framework's own executor of 0.1 cpus and 32 MiB. */
    public static ObjectNode executor(String id, String framework, String command) {
        ObjectNode executor =
                object("{'executor_id': {'value': '%s'}, 'framework_id': {'value': '%s'}}", id, framework);
        executor.putObject("command").put("value", command);
        executor.withArray("resources").add(scalar("cpus", 0.1)).add(scalar("mem", 32));
        return executor;
    }

    /** The agent's own executor for groups of tasks. */
    public static ObjectNode defaultExecutor(String id, String framework) {
        ObjectNode executor = object(
                "{'type': 'DEFAULT', 'executor_id': {'value': '%s'}, 'framework_id': {'value': '%s'}}", id, framework);
        executor.withArray("resources")
                .add(scalar("cpus", 0.1))
                .add(scalar("mem", 32))
                .add(scalar("disk", 32));
        return executor;
    }

    public static ObjectNode launch(JsonNode... tasks) {
        return object("{'type': 'LAUNCH', 'launch': {'task_infos': %s}}", List.of(tasks));
    }

    public static ObjectNode launchGroup(JsonNode executor, JsonNode... tasks) {
        return object(
                "{'type': 'LAUNCH_GROUP', 'launch_group': {'executor': %s, 'task_group': {'tasks': %s}}}",
                executor, List.of(tasks));
    }

    /** How much of a scalar an offer has, of all roles. */
    public static double scalarOf(JsonNode offer, String name) {
        return offer.path("resources")
                .valueStream()
                .filter(resource -> resource.path("name").asString("").equals(name))
                .mapToDouble(resource -> resource.path("scalar").path("value").asDouble(0))
                .sum();
    }
}
