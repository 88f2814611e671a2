package org.nucleus.conformance.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;

/** An agent that answers no more and comes back, and offers that nobody answers. Source: the original's partition tests. */
@OwnCluster
class PartitionTest {
    private final Launcher launcher;
    private final ServiceProcess agent;
    private Master operator = new Master(Peer.at("127.0.0.1:1"));

    PartitionTest(Launcher launcher) {
        this.launcher = launcher;
        ServiceProcess master =
                launcher.master("--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=3", "--offer_timeout=1secs");
        this.agent = launcher.agent(master.hostAndPort());
    }

    @BeforeAll
    void awaitCluster() {
        operator = new Master(launcher.awaitLeader(1).peer());
    }

    /** The next test finds a registered agent. */
    @AfterEach
    void mend() {
        agent.thaw();
        launcher.awaitLeader(1);
    }

    @AfterAll
    void end() {
        launcher.close();
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
    void anOfferThatNobodyAnswersIsRescindedAndMadeAgain() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            JsonNode offer = framework.offer();
            assertThat(framework.events().await("RESCIND").at("/rescind/offer_id"))
                    .isEqualTo(offer.path("id"));
            framework.offer();
        }
    }
}
