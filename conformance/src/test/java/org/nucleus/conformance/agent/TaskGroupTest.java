package org.nucleus.conformance.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** Groups of tasks that share their fate. Source: launcher/default_executor.cpp and its tests. */
@SharedCluster
class TaskGroupTest {
    private final Peer master;
    private final Peer agent;

    TaskGroupTest(Master master) {
        this.master = master.peer();
        this.agent = master.agentPeer();
    }

    private static void launch(Framework framework, JsonNode offer, String group, String... commands) {
        JsonNode[] tasks = new JsonNode[commands.length];
        for (int i = 0; i < commands.length; i++) {
            tasks[i] = Tasks.command(group + (i + 1), offer, commands[i]);
        }
        framework.accept(offer, Tasks.launchGroup(Tasks.defaultExecutor("pod", framework.id()), tasks));
    }

    @Test
    void allTasksOfAGroupRun() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "t", "sleep 1000", "sleep 1000");
            JsonNode one = framework.await("t1", "TASK_RUNNING");
            JsonNode two = framework.await("t2", "TASK_RUNNING");
            assertThat(one.at("/executor_id/value").asString()).isEqualTo("pod");
            assertThat(one.at("/container_status/container_id/parent/value").asString())
                    .isNotEmpty()
                    .isEqualTo(two.at("/container_status/container_id/parent/value")
                            .asString());
        }
    }

    @Test
    void aGroupEndsWhenAllItsTasksHaveFinished() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "t", "exit 0", "sleep 0.2");
            framework.await("t1", "TASK_FINISHED");
            framework.await("t2", "TASK_FINISHED");
        }
    }

    @Test
    void aFailedTaskTakesItsGroupWithIt() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "t", "sleep 1; exit 1", "sleep 1000");
            framework.await("t2", "TASK_RUNNING");
            framework.await("t1", "TASK_FAILED");
            framework.await("t2", "TASK_KILLED");
        }
    }

    @Test
    void killingATaskKillsItsGroup() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "t", "sleep 1000", "sleep 1000");
            framework.await("t1", "TASK_RUNNING");
            framework.await("t2", "TASK_RUNNING");
            framework.kill("t1");
            framework.await("t1", "TASK_KILLED");
            framework.await("t2", "TASK_KILLED");
        }
    }

    @Test
    void anotherGroupOfTheExecutorLivesOn() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "a", "sleep 1000");
            framework.await("a1", "TASK_RUNNING");
            launch(framework, framework.offer(), "b", "sleep 1000");
            framework.await("b1", "TASK_RUNNING");
            framework.kill("a1");
            framework.await("a1", "TASK_KILLED");
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'b1'}}]}");
            assertThat(framework.update("b1").path("state").asString()).isEqualTo("TASK_RUNNING");
        }
    }

    @Test
    void eachTaskHasASandboxOfItsOwnWithinTheExecutors() {
        try (Framework framework = Framework.subscribe(master)) {
            launch(framework, framework.offer(), "t", "echo one; sleep 1000", "echo two; sleep 1000");
            framework.await("t1", "TASK_RUNNING");
            framework.await("t2", "TASK_RUNNING");
            String sandbox = "/frameworks/" + framework.id() + "/executors/pod/runs/latest";
            Launcher.PATIENCE.untilTrue(
                    "the output of the first",
                    () -> read(sandbox + "/tasks/t1/stdout")
                            .filter(text -> text.contains("one"))
                            .isPresent());
            Launcher.PATIENCE.untilTrue(
                    "the output of the second",
                    () -> read(sandbox + "/tasks/t2/stdout")
                            .filter(text -> text.contains("two"))
                            .isPresent());
        }
    }

    private Optional<String> read(String path) {
        return Optional.of(agent.get("/files/download?path=" + path))
                .filter(reply -> reply.status() == 200)
                .map(Reply::text);
    }

    @Test
    void theExecutorsResourcesCountOnceAndAreFreeAfterTheLastTask() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode whole = framework.offer();
            launch(framework, whole, "t", "sleep 1000", "sleep 1000");
            framework.await("t1", "TASK_RUNNING");
            framework.await("t2", "TASK_RUNNING");
            JsonNode rest = framework.offer();
            assertThat(Math.round(1000 * (Tasks.scalarOf(whole, "cpus") - Tasks.scalarOf(rest, "cpus"))))
                    .isEqualTo(300);
            framework.decline(rest, 0);
            framework.kill("t1");
            framework.await("t1", "TASK_KILLED");
            framework.await("t2", "TASK_KILLED");
            JsonNode offer = framework.offer();
            while (Tasks.scalarOf(offer, "cpus") < Tasks.scalarOf(whole, "cpus")) {
                framework.decline(offer, 0);
                offer = framework.offer();
            }
        }
    }
}
