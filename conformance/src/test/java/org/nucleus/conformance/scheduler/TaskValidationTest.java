package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;

import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which tasks the master refuses, each alone. Source: master/validation.cpp, task. */
@SharedCluster
class TaskValidationTest {
    private final Peer master;

    TaskValidationTest(Master master) {
        this.master = master.peer();
    }

    /** What makes a good task bad; the second is the framework's id. */
    private interface Change extends BiConsumer<ObjectNode, String> {}

    private static Arguments bad(String what, Change change) {
        return Arguments.of(what, change);
    }

    private static Arguments with(String what, String fields) {
        return bad(what, (task, _) -> task.setAll(object(fields)));
    }

    private static Arguments withId(String what, String id) {
        return bad(what, (task, _) -> task.putObject("task_id").put("value", id));
    }

    static Stream<Arguments> badTasks() {
        return Stream.of(
                withId("an empty id", ""),
                withId("an id of one dot", "."),
                withId("an id of two dots", ".."),
                withId("an id with a slash", "a/b"),
                withId("an id with a backslash", "a\\b"),
                withId("an id with a control character", "a\u0007b"),
                withId("an id of more than 255 characters", "x".repeat(256)),
                with("another agent than the offer's", "{'agent_id': {'value': 'elsewhere'}}"),
                with(
                        "a negative grace period of its kill policy",
                        "{'kill_policy': {'grace_period': {'nanoseconds': -1}}}"),
                with("a negative time to completion", "{'max_completion_time': {'nanoseconds': -1}}"),
                with("a health check without what it checks", "{'health_check': {'type': 'HTTP'}}"),
                with(
                        "a health check by a command without value",
                        "{'health_check': {'type': 'COMMAND', 'command': {'shell': true}}}"),
                with(
                        "a health check with a path that is none",
                        "{'health_check': {'type': 'HTTP', 'http': {'port': 80, 'path': 'nowhere'}}}"),
                with(
                        "a health check with a strange scheme",
                        "{'health_check': {'type': 'HTTP', 'http': {'port': 80, 'scheme': 'gopher'}}}"),
                with(
                        "a health check with a negative delay",
                        "{'health_check': {'type': 'TCP', 'tcp': {'port': 80}, 'delay_seconds': -1}}"),
                with("a check without what it checks", "{'check': {'type': 'TCP'}}"),
                bad("no resources", (task, _) -> task.remove("resources")),
                bad(
                        "a negative resource",
                        (task, _) -> task.withArray("resources").add(Tasks.scalar("disk", -1))),
                bad("a part of a gpu", (task, _) -> task.withArray("resources").add(Tasks.scalar("gpus", 0.5))),
                bad(
                        "more than is offered",
                        (task, _) -> task.withArray("resources").add(Tasks.scalar("cpus", 100_000))),
                bad(
                        "another role's resources",
                        (task, _) -> task.withArray("resources")
                                .add(Tasks.scalar("disk", 1).put("role", "somebody"))),
                bad(
                        "ranges that overlap",
                        (task, _) -> task.withArray("resources")
                                .add(
                                        json(
                                                "{'name': 'ports', 'type': 'RANGES', 'ranges':"
                                                        + " {'range': [{'begin': 31001, 'end': 31003}, {'begin': 31002, 'end': 31004}]}}"))),
                bad("neither a command nor an executor", (task, _) -> task.remove("command")),
                bad(
                        "both a command and an executor",
                        (task, framework) -> task.set("executor", Tasks.executor("e", framework, "true"))),
                bad("an executor of another framework", (task, _) -> {
                    task.remove("command");
                    task.set("executor", Tasks.executor("e", "somebody", "true"));
                }),
                bad("an executor without command", (task, framework) -> {
                    task.remove("command");
                    ObjectNode executor = Tasks.executor("e", framework, "true");
                    executor.remove("command");
                    task.set("executor", executor);
                }),
                bad("an executor with a bad id", (task, framework) -> {
                    task.remove("command");
                    task.set("executor", Tasks.executor("e/e", framework, "true"));
                }),
                bad(
                        "a variable with neither value nor secret",
                        (task, _) -> task.putObject("command")
                                .put("value", "true")
                                .set("environment", json("{'variables': [{'name': 'A', 'type': 'SECRET'}]}"))),
                with("a docker container without an image", "{'container': {'type': 'DOCKER'}}"),
                with(
                        "a volume with two sources",
                        "{'container': {'type': 'MESOS', 'volumes': [{'container_path': 'p', 'mode': 'RW',"
                                + " 'host_path': '/h', 'source': {'type': 'HOST_PATH', 'host_path': {'path': '/h'}}}]}}"),
                with("a limit of what has none", "{'limits': {'disk': {'value': 1}}}"),
                with("a limit below what is asked for", "{'limits': {'cpus': {'value': 0.01}}}"),
                bad("a limit of what is not asked for", (task, _) -> {
                    task.putArray("resources").add(Tasks.scalar("cpus", 0.1));
                    task.set("limits", json("{'mem': {'value': 64}}"));
                }),
                with(
                        "cgroups of its own outside a group",
                        "{'container': {'type': 'MESOS', 'linux_info': {'share_cgroups': false}}}"));
    }

    @ParameterizedTest(name = "a task with {0} is an error")
    @MethodSource("badTasks")
    void isAnError(String what, BiConsumer<ObjectNode, String> change) {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("bad", offer, "true");
            change.accept(task, framework.id());
            framework.launch(offer, task);
            JsonNode status = framework.update(task.at("/task_id/value").asString());
            assertThat(status.path("state").asString()).as(status.toString()).isEqualTo("TASK_ERROR");
            assertThat(status.path("source").asString()).isEqualTo("SOURCE_MASTER");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_INVALID");
            assertThat(status.path("message").asString("")).isNotEmpty();
            assertThat(status.has("uuid")).isFalse();
        }
    }

    @Test
    void anIdInUseIsAnError() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("same", "sleep 1000");
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("same", offer, "true"));
            JsonNode status = framework.update("same");
            assertThat(status.path("state").asString()).isEqualTo("TASK_ERROR");
            assertThat(status.path("message").asString()).contains("duplicate ID");
        }
    }

    @Test
    void anIdIsFreeAgainAfterTheTasksEnd() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode first = framework.offer();
            framework.launch(first, Tasks.command("again", first, "true"));
            framework.await("again", "TASK_FINISHED");
            JsonNode second = framework.offer();
            framework.launch(second, Tasks.command("again", second, "true"));
            framework.await("again", "TASK_FINISHED");
        }
    }

    @Test
    void eachBadTaskFailsAlone() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode bad = Tasks.command("bad", offer, "true");
            bad.remove("resources");
            framework.launch(offer, bad, Tasks.command("good", offer, "true"));
            assertThat(framework.update("bad").path("state").asString()).isEqualTo("TASK_ERROR");
            framework.await("good", "TASK_FINISHED");
        }
    }

    @Test
    void tasksOfOneAcceptShareTheOffer() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            double cpus = Tasks.scalarOf(offer, "cpus");
            ObjectNode most = Tasks.command("most", offer, "true");
            most.putArray("resources").add(Tasks.scalar("cpus", cpus)).add(Tasks.scalar("mem", 32));
            framework.launch(offer, most, Tasks.command("nothing-left", offer, "true"));
            assertThat(framework.update("nothing-left").path("state").asString())
                    .isEqualTo("TASK_ERROR");
            framework.await("most", "TASK_FINISHED");
        }
    }

    @Test
    void emptyNamesAndResourcesWithoutRoleAreTaken() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("plain", offer, "true").put("name", ""));
            framework.await("plain", "TASK_FINISHED");
        }
    }

    @Test
    void lessThanHalfAThousandthIsNothing() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode tiny = Tasks.command("tiny", offer, "sleep 1000");
            tiny.putArray("resources").add(Tasks.scalar("cpus", 0.0004));
            framework.launch(offer, tiny);
            assertThat(framework.update("tiny").path("state").asString()).isEqualTo("TASK_ERROR");
        }
    }

    @Test
    void anExecutorThatDiffersFromTheRunningOneIsAnError() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode one = Tasks.plain("one", offer);
            one.set("executor", Tasks.executor("same", framework.id(), "sleep 1000"));
            ObjectNode two = Tasks.plain("two", offer);
            two.set("executor", Tasks.executor("same", framework.id(), "sleep 999"));
            framework.launch(offer, one, two);
            JsonNode status = framework.update("two");
            assertThat(status.path("state").asString()).isEqualTo("TASK_ERROR");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_INVALID");
        }
    }

    private static Arguments badGroup(String what, Change change) {
        return Arguments.of(what, change);
    }

    static Stream<Arguments> badGroups() {
        return Stream.of(
                badGroup(
                        "an executor without disk",
                        (group, _) -> ((ObjectNode) group.get("executor"))
                                .putArray("resources")
                                .add(Tasks.scalar("cpus", 0.1))
                                .add(Tasks.scalar("mem", 32))),
                badGroup(
                        "an executor with too little memory",
                        (group, _) -> ((ObjectNode) group.get("executor"))
                                .putArray("resources")
                                .add(Tasks.scalar("cpus", 0.1))
                                .add(Tasks.scalar("mem", 1))
                                .add(Tasks.scalar("disk", 32))),
                badGroup(
                        "the default executor with a command",
                        (group, _) -> ((ObjectNode) group.get("executor"))
                                .putObject("command")
                                .put("value", "true")),
                badGroup("an executor without type", (group, _) -> ((ObjectNode) group.get("executor")).remove("type")),
                badGroup(
                        "a task in a docker container",
                        (group, _) -> ((ObjectNode) group.at("/task_group/tasks/1"))
                                .set("container", json("{'type': 'DOCKER', 'docker': {'image': 'i'}}"))),
                badGroup(
                        "a bad task", (group, _) -> ((ObjectNode) group.at("/task_group/tasks/1")).remove("resources")),
                badGroup(
                        "a task with limits that shares cgroups",
                        (group, _) -> ((ObjectNode) group.at("/task_group/tasks/1"))
                                .set("limits", json("{'cpus': {'value': 1}}"))));
    }

    @ParameterizedTest(name = "a group with {0} is an error as a whole")
    @MethodSource("badGroups")
    void groupIsAnErrorAsAWhole(String what, BiConsumer<ObjectNode, String> change) {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode operation = Tasks.launchGroup(
                    Tasks.defaultExecutor("pod", framework.id()),
                    Tasks.command("g1", offer, "true"),
                    Tasks.command("g2", offer, "true"));
            change.accept((ObjectNode) operation.get("launch_group"), framework.id());
            framework.accept(offer, operation);
            for (String task : new String[] {"g1", "g2"}) {
                JsonNode status = framework.update(task);
                assertThat(status.path("state").asString())
                        .as(status.toString())
                        .isEqualTo("TASK_ERROR");
                assertThat(status.path("reason").asString()).isEqualTo("REASON_TASK_GROUP_INVALID");
            }
        }
    }

    @Test
    void aLaunchWithAnOperationIdIsAnError() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode launch = Tasks.launch(Tasks.command("named", offer, "true"));
            launch.putObject("id").put("value", "op");
            framework.accept(offer, launch);
            assertThat(framework.update("named").path("state").asString()).isEqualTo("TASK_ERROR");
        }
    }
}
