package org.nucleus.conformance.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.object;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.ExecutorPeer;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Agents whose process dies and is started again. Source: the original's slave_recovery tests. */
@OwnCluster
class AgentRecoveryTest {
    private final Launcher launcher;
    private final ServiceProcess agent;
    private Master operator = new Master(Peer.at("127.0.0.1:1"));

    AgentRecoveryTest(Launcher launcher) {
        this.launcher = launcher;
        ServiceProcess master = launcher.master();
        this.agent = launcher.agent(master.hostAndPort(), "--executor_reregistration_timeout=15secs");
    }

    @BeforeAll
    void awaitCluster() {
        operator = new Master(launcher.awaitLeader(1).peer());
    }

    /** The next test finds a registered agent. */
    @AfterEach
    void mend() {
        if (!agent.isAlive()) {
            agent.startAgain();
        }
        launcher.awaitLeader(1);
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private static ObjectNode checkpointing(String... capabilities) {
        return Framework.info(capabilities).put("checkpoint", true);
    }

    @Test
    void aTaskOutlivesItsAgentsProcess() {
        try (Framework framework = Framework.subscribe(operator.peer(), checkpointing())) {
            String before = framework
                    .run("survivor", "sleep 1000")
                    .at("/agent_id/value")
                    .asString();
            agent.kill();
            agent.startAgain();
            launcher.awaitLeader(1);
            assertThat(operator.agent().path("id").asString()).isEqualTo(before);
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'survivor'}}]}");
            assertThat(framework.update("survivor").path("state").asString()).isEqualTo("TASK_RUNNING");
            framework.kill("survivor");
            framework.await("survivor", "TASK_KILLED");
        }
    }

    @Test
    void whatEndedWhileTheAgentWasAwayIsReported() {
        try (Framework framework = Framework.subscribe(operator.peer(), checkpointing())) {
            framework.run("brief", "while [ ! -e end ]; do sleep 0.05; done; exit 3");
            JsonNode sandbox = operator.agentPeer()
                    .read("/state")
                    .path("frameworks")
                    .valueStream()
                    .filter(known -> known.path("id").asString("").equals(framework.id()))
                    .findFirst()
                    .orElseThrow()
                    .at("/executors/0/directory");
            agent.kill();
            touch(sandbox.asString() + "/end");
            agent.startAgain();
            assertThat(framework.await("brief", "TASK_FAILED").path("message").asString())
                    .isEqualTo("Command exited with status 3");
        }
    }

    private static void touch(String file) {
        try {
            Files.createFile(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anUnacknowledgedUpdateSurvivesTheAgentsRestart() {
        try (Framework framework = Framework.subscribe(operator.peer(), checkpointing())) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("pending", offer, "sleep 1000"));
            JsonNode first = framework.update("pending");
            agent.kill();
            agent.startAgain();
            JsonNode again = framework.update("pending");
            assertThat(again.path("uuid")).isEqualTo(first.path("uuid"));
            framework.acknowledge(again);
            framework.await("pending", "TASK_RUNNING");
        }
    }

    @Test
    void anExecutorReturnsToTheAgentsNextProcess() {
        try (Framework framework = Framework.subscribe(operator.peer(), checkpointing())) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.plain("t", offer);
            task.set("executor", Tasks.executor("returning", framework.id(), ExecutorPeer.COMMAND));
            framework.launch(offer, task);
            ExecutorPeer first = ExecutorPeer.subscribe(agent.peer(), framework.id(), "returning");
            first.launched();
            first.update("t", "TASK_RUNNING", "{}");
            framework.await("t", "TASK_RUNNING");
            agent.kill();
            first.events().awaitEnd();
            agent.startAgain();
            try (ExecutorPeer second = ExecutorPeer.subscribeWith(
                    agent.peer(),
                    framework.id(),
                    "returning",
                    object("{'unacknowledged_tasks': [], 'unacknowledged_updates': []}"))) {
                second.update("t", "TASK_FINISHED", "{}");
                framework.await("t", "TASK_FINISHED");
            }
        }
    }

    @Test
    void aLostAgentsOffersAreRescinded() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            JsonNode offer = framework.offer();
            agent.kill();
            assertThat(framework.events().await("RESCIND").at("/rescind/offer_id"))
                    .isEqualTo(offer.path("id"));
        }
    }

    @Test
    void withoutCheckpointsTheTasksOfADeadAgentAreLost() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            framework.run("fleeting", "sleep 1000");
            agent.kill();
            JsonNode lost = framework.update("fleeting");
            assertThat(lost.path("state").asString()).isEqualTo("TASK_LOST");
        }
    }
}
