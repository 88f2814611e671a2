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
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Agents that die, freeze and return. Source: the original's slave_recovery and partition tests. */
@OwnCluster
class AgentFailureTest {
    private final Launcher launcher;
    private final ServiceProcess masterProcess;
    private final ServiceProcess agent;
    private Master operator = new Master(Peer.at("127.0.0.1:1"));

    AgentFailureTest(Launcher launcher) {
        this.launcher = launcher;
        this.masterProcess =
                launcher.master("--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=3", "--offer_timeout=1secs");
        this.agent = launcher.agent(masterProcess.hostAndPort(), "--executor_reregistration_timeout=10secs");
    }

    @BeforeAll
    void awaitCluster() {
        operator = new Master(launcher.awaitLeader(1).peer());
    }

    /** The next test finds a registered agent. */
    @AfterEach
    void mend() {
        agent.thaw();
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
    void aFrozenAgentIsUnreachableAndItsTasksAreLost() {
        try (Framework framework = Framework.subscribe(operator.peer());
                Events events = operator.events()) {
            framework.run("away", "sleep 1000");
            agent.freeze();
            JsonNode lost = framework.update("away");
            assertThat(lost.path("state").asString()).isEqualTo("TASK_LOST");
            assertThat(lost.path("source").asString()).isEqualTo("SOURCE_MASTER");
            assertThat(lost.path("reason").asString()).isEqualTo("REASON_AGENT_REMOVED");
            assertThat(lost.has("uuid")).isFalse();
            assertThat(framework.events().await("FAILURE").at("/failure/agent_id"))
                    .isEqualTo(lost.path("agent_id"));
            events.await("AGENT_REMOVED");
        }
    }

    @Test
    void aFrozenAgentsTasksAreUnreachableForThoseWhoKnowPartitionsAndRunAgain() {
        try (Framework framework = Framework.subscribe(operator.peer(), "PARTITION_AWARE")) {
            framework.run("away", "sleep 1000");
            agent.freeze();
            JsonNode unreachable = framework.update("away");
            assertThat(unreachable.path("state").asString()).isEqualTo("TASK_UNREACHABLE");
            assertThat(unreachable.path("reason").asString()).isEqualTo("REASON_AGENT_REMOVED");
            assertThat(unreachable.at("/unreachable_time/nanoseconds").asLong()).isPositive();
            framework.call(
                    "RECONCILE",
                    "{'tasks': [{'task_id': {'value': 'away'}, 'agent_id': %s}]}",
                    unreachable.path("agent_id"));
            assertThat(framework.update("away").path("state").asString()).isEqualTo("TASK_UNREACHABLE");
            operator.awaitAt("/state", state -> state.path("unreachable_slaves").asInt(0) == 1);
            agent.thaw();
            JsonNode back = framework.await("away", "TASK_RUNNING");
            assertThat(back.path("reason").asString()).isEqualTo("REASON_AGENT_REREGISTERED");
            assertThat(back.has("uuid")).isFalse();
        }
    }

    @Test
    void anUnreachableTasksIdIsNotFree() {
        try (Framework framework = Framework.subscribe(operator.peer(), "PARTITION_AWARE")) {
            framework.run("same", "sleep 1000");
            JsonNode held = framework.offer();
            agent.freeze();
            assertThat(framework.await("same", "TASK_UNREACHABLE").path("agent_id"))
                    .isEqualTo(held.path("agent_id"));
            agent.thaw();
            framework.await("same", "TASK_RUNNING");
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("same", offer, "true"));
            assertThat(framework.update("same").path("state").asString()).isIn("TASK_ERROR", "TASK_DROPPED");
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
    void anOfferThatNobodyAnswersIsRescindedAndMadeAgain() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            JsonNode offer = framework.offer();
            assertThat(framework.events().await("RESCIND").at("/rescind/offer_id"))
                    .isEqualTo(offer.path("id"));
            framework.offer();
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
