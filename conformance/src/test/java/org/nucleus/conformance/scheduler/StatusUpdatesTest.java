package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a framework hears of its tasks, and what it may ask. Source: sections 1.6 and 1.7 of the original's protocol. */
@SharedCluster
class StatusUpdatesTest {
    private final Master operator;
    private final Peer master;

    StatusUpdatesTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    @Test
    void updatesOfATaskComeInOrderEachAfterTheAcknowledgementOfTheOneBefore() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("ordered", offer, "true"));
            JsonNode starting = framework.update("ordered");
            assertThat(starting.path("state").asString()).isEqualTo("TASK_STARTING");
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'nobody'}}]}");
            framework.update("nobody");
            assertThat(framework.events().soFar("UPDATE")).hasSize(2);
            framework.acknowledge(starting);
            JsonNode running = framework.update("ordered");
            assertThat(running.path("state").asString()).isEqualTo("TASK_RUNNING");
            framework.acknowledge(running);
            assertThat(framework.update("ordered").path("state").asString()).isEqualTo("TASK_FINISHED");
        }
    }

    @Test
    void anUpdateFromTheAgentsSideCarriesAllThatIdentifiesIt() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode running = framework.run("known", "sleep 1000");
            assertThat(running.path("source").asString()).isEqualTo("SOURCE_EXECUTOR");
            assertThat(Base64.getDecoder().decode(running.path("uuid").asString()))
                    .hasSize(16);
            assertThat(running.at("/agent_id/value").asString())
                    .isEqualTo(operator.agent().path("id").asString());
            assertThat(running.at("/executor_id/value").asString()).isEqualTo("known");
            assertThat(running.path("timestamp").isNumber()).isTrue();
            assertThat(running.at("/container_status/container_id/value").asString())
                    .isNotEmpty();
            assertThat(running.at("/container_status/network_infos/0/ip_addresses/0/ip_address")
                            .asString())
                    .isNotEmpty();
        }
    }

    @Test
    void theAcknowledgementOfATerminalUpdateMovesTheTaskToTheCompleted() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("done", offer, "true"));
            framework.await("done", "TASK_FINISHED");
            operator.await(
                    "frameworks",
                    framework.id(),
                    shown -> shown.path("completed_tasks").toString().contains("\"done\""));
        }
    }

    @Test
    void resourcesAreFreeBeforeTheTerminalUpdateIsAcknowledged() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode whole = framework.offer();
            ObjectNode task = Tasks.command("unacknowledged", whole, "true");
            task.putArray("resources")
                    .add(Tasks.scalar("cpus", Tasks.scalarOf(whole, "cpus")))
                    .add(Tasks.scalar("mem", 32));
            framework.launch(whole, task);
            double all = Tasks.scalarOf(whole, "cpus");
            framework.acknowledge(framework.update("unacknowledged"));
            framework.acknowledge(framework.update("unacknowledged"));
            assertThat(framework.update("unacknowledged").path("state").asString())
                    .isEqualTo("TASK_FINISHED");
            while (Tasks.scalarOf(framework.offer(), "cpus") < all) {
                framework.call("REVIVE", "");
            }
        }
    }

    @Test
    void anUnknownTaskIsLostForThoseWhoDoNotKnowPartitions() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'unknown'}}]}");
            JsonNode status = framework.update("unknown");
            assertThat(status.path("state").asString()).isEqualTo("TASK_LOST");
            assertThat(status.path("source").asString()).isEqualTo("SOURCE_MASTER");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
            assertThat(status.path("message").asString()).startsWith("Reconciliation");
            assertThat(status.has("uuid")).isFalse();
            assertThat(status.has("data")).isFalse();
        }
    }

    @Test
    void anUnknownTaskIsUnknownForThoseWhoKnowPartitions() {
        try (Framework framework = Framework.subscribe(master, "PARTITION_AWARE")) {
            framework.call(
                    "RECONCILE", "{'tasks': [{'task_id': {'value': 'unknown'}, 'agent_id': {'value': 'nowhere'}}]}");
            assertThat(framework.update("unknown").path("state").asString()).isEqualTo("TASK_UNKNOWN");
        }
    }

    @Test
    void aTaskThatARegisteredAgentDoesNotHaveIsGone() {
        try (Framework framework = Framework.subscribe(master, "PARTITION_AWARE")) {
            framework.call(
                    "RECONCILE",
                    "{'tasks': [{'task_id': {'value': 'missing'}, 'agent_id': {'value': '%s'}}]}",
                    operator.agent().path("id").asString());
            assertThat(framework.update("missing").path("state").asString()).isEqualTo("TASK_GONE");
        }
    }

    @Test
    void aKnownTaskIsReportedAsItIs() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("here", "sleep 1000");
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'here'}}]}");
            JsonNode status = framework.update("here");
            assertThat(status.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
        }
    }

    @Test
    void implicitReconciliationNamesEveryTaskOfTheFramework() {
        try (Framework framework = Framework.subscribe(master);
                Framework other = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("t1", offer, "sleep 1000"), Tasks.command("t2", offer, "sleep 1000"));
            framework.await("t1", "TASK_RUNNING");
            framework.await("t2", "TASK_RUNNING");
            framework.call("RECONCILE", "{'tasks': []}");
            assertThat(framework.update("t1").path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
            assertThat(framework.update("t2").path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
            other.call("RECONCILE", "{'tasks': [{'task_id': {'value': 't1'}}]}");
            assertThat(other.update("t1").path("state").asString()).isEqualTo("TASK_LOST");
        }
    }

    @Test
    void implicitReconciliationNamesATerminalTaskThatIsNotAcknowledged() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("ended", offer, "true"));
            framework.acknowledge(framework.update("ended"));
            framework.acknowledge(framework.update("ended"));
            assertThat(framework.update("ended").path("state").asString()).isEqualTo("TASK_FINISHED");
            framework.call("RECONCILE", "{'tasks': []}");
            JsonNode again = framework.update("ended");
            assertThat(again.path("state").asString()).isEqualTo("TASK_FINISHED");
            assertThat(again.path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
        }
    }

    @Test
    void killingATaskEndsIt() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("victim", "sleep 1000");
            framework.kill("victim");
            assertThat(framework.await("victim", "TASK_KILLED").path("source").asString())
                    .isEqualTo("SOURCE_EXECUTOR");
        }
    }

    @Test
    void killingAnUnknownTaskReconcilesIt() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.kill("unknown");
            JsonNode status = framework.update("unknown");
            assertThat(status.path("state").asString()).isEqualTo("TASK_LOST");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_RECONCILIATION");
        }
    }

    @Test
    void killingATaskOnAnotherAgentIsIgnored() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("elsewhere", "sleep 1000");
            framework.call("KILL", "{'task_id': {'value': 'elsewhere'}, 'agent_id': {'value': 'another'}}");
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'elsewhere'}}]}");
            assertThat(framework.update("elsewhere").path("state").asString()).isEqualTo("TASK_RUNNING");
        }
    }

    @Test
    void aWrongAcknowledgementChangesNothing() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("held", offer, "sleep 1000"));
            JsonNode starting = framework.update("held");
            ObjectNode wrong = (ObjectNode) starting.deepCopy();
            wrong.put("uuid", Base64.getEncoder().encodeToString(new byte[16]));
            framework.acknowledge(wrong);
            framework.acknowledge(starting);
            assertThat(framework.await("held", "TASK_RUNNING").path("state").asString())
                    .isEqualTo("TASK_RUNNING");
        }
    }

    @Test
    void tearingDownEndsTheTasks() {
        Framework framework = Framework.subscribe(master);
        framework.run("orphan", "sleep 1000");
        framework.close();
        JsonNode completed = operator.await(
                "completed_frameworks",
                framework.id(),
                shown -> shown.path("completed_tasks").toString().contains("TASK_KILLED"));
        assertThat(completed.path("completed_tasks").toString()).contains("\"orphan\"");
    }

    @Test
    void labelsAndDiscoveryOfATaskAreShown() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            ObjectNode task = Tasks.command("described", offer, "sleep 1000");
            task.set("labels", json("{'labels': [{'key': 'k', 'value': 'v'}]}"));
            task.set(
                    "discovery",
                    json("{'visibility': 'CLUSTER', 'name': 'd',"
                            + " 'ports': {'ports': [{'number': 80, 'name': 'http', 'protocol': 'tcp'}]}}"));
            framework.launch(offer, task);
            framework.await("described", "TASK_RUNNING");
            JsonNode shown = operator.await(
                            "frameworks",
                            framework.id(),
                            known -> !known.at("/tasks/0/statuses").isEmpty())
                    .at("/tasks/0");
            assertThat(shown.at("/labels/0")).isEqualTo(json("{'key': 'k', 'value': 'v'}"));
            assertThat(shown.at("/discovery/ports/ports/0/number").asInt()).isEqualTo(80);
        }
    }
}
