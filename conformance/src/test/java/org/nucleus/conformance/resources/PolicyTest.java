package org.nucleus.conformance.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Json.object;
import static org.nucleus.conformance.wire.Peer.bytes;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.OwnCluster;
import org.nucleus.conformance.cluster.ServiceProcess;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** Quota, weights, constraints, maintenance, draining and marking gone, on a cluster that may suffer from it. */
@OwnCluster
class PolicyTest {
    private final Launcher launcher;
    private final ServiceProcess masterProcess;
    private Master operator = new Master(Peer.at("127.0.0.1:1"));

    PolicyTest(Launcher launcher) {
        this.launcher = launcher;
        this.masterProcess = launcher.master();
        launcher.agent(masterProcess.hostAndPort());
    }

    @BeforeAll
    void awaitCluster() {
        operator = new Master(launcher.awaitLeader(1).peer());
    }

    @AfterAll
    void end() {
        launcher.close();
    }

    private static void ok(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(200, 202);
    }

    private String agent() {
        return operator.awaitAt("/slaves", slaves -> !slaves.path("slaves").isEmpty())
                .at("/slaves/0/id")
                .asString();
    }

    private void limit(String role, String limits) {
        ok(operator.call(
                "{'type': 'UPDATE_QUOTA', 'update_quota': {'force': true,"
                        + " 'quota_configs': [{'role': '%s', 'limits': %s}]}}",
                role, limits));
    }

    @Test
    void aLimitBoundsWhatARoleIsOffered() {
        limit("bounded", "{'cpus': {'value': 2}}");
        try (Framework framework = Framework.subscribe(operator.peer(), Framework.infoIn(List.of("bounded")))) {
            assertThat(Tasks.scalarOf(framework.offer(), "cpus")).isEqualTo(2);
        }
        limit("bounded", "{}");
    }

    @Test
    void quotasAreShownAsTheyWereSet() {
        limit("shown", "{'cpus': {'value': 3}, 'mem': {'value': 512}}");
        JsonNode config = Launcher.PATIENCE.until(
                "the quota",
                () -> operator.ask("GET_QUOTA")
                        .at("/status/configs")
                        .valueStream()
                        .filter(known -> known.path("role").asString("").equals("shown"))
                        .findFirst());
        assertThat(config.at("/limits/cpus/value").asDouble()).isEqualTo(3);
        assertThat(config.at("/limits/mem/value").asDouble()).isEqualTo(512);
        limit("shown", "{}");
    }

    @Test
    void aGuaranteeBeyondTheClusterIsBad() {
        Reply reply = operator.call("{'type': 'UPDATE_QUOTA', 'update_quota': {'quota_configs':"
                + " [{'role': 'greedy', 'guarantees': {'cpus': {'value': 100000}},"
                + " 'limits': {'cpus': {'value': 100000}}}]}}");
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aGuaranteeAboveItsLimitIsBad() {
        Reply reply = operator.call("{'type': 'UPDATE_QUOTA', 'update_quota': {'force': true, 'quota_configs':"
                + " [{'role': 'upside-down', 'guarantees': {'cpus': {'value': 2}},"
                + " 'limits': {'cpus': {'value': 1}}}]}}");
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void weightsAreUpdatedAndShown() {
        ok(operator.call(
                "{'type': 'UPDATE_WEIGHTS', 'update_weights': {'weight_infos': [{'role': 'heavy', 'weight': 2.5}]}}"));
        Launcher.PATIENCE.untilTrue(
                "the weight",
                () -> operator.ask("GET_WEIGHTS")
                        .path("weight_infos")
                        .valueStream()
                        .anyMatch(json("{'weight': 2.5, 'role': 'heavy'}")::equals));
        Reply put = operator.peer()
                .send(
                        "PUT",
                        "/weights",
                        bytes(json("[{'role': 'light', 'weight': 0.5}]").toString()),
                        "Content-Type",
                        Peer.JSON);
        ok(put);
        operator.awaitAt(
                "/weights",
                weights -> weights.toString().contains("light")
                        && weights.toString().contains("heavy"));
    }

    @Test
    void aWeightMustBePositive() {
        assertThat(operator.call("{'type': 'UPDATE_WEIGHTS', 'update_weights':"
                                + " {'weight_infos': [{'role': 'none', 'weight': 0}]}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void constraintsChooseAmongAgents() {
        String constraints = "{'role_constraints': {'chosen': {'groups': [{'attribute_constraints':"
                + " [{'selector': {'attribute_name': 'rack'}, 'predicate': {'text_equals': {'value': '%s'}}}]}]}}}";
        try (Framework framework = Framework.subscribeWith(
                operator.peer(),
                object(
                        "{'framework_info': %s, 'offer_constraints': %s}",
                        Framework.infoIn(List.of("chosen")), constraints.formatted("r2")))) {
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'nobody'}}]}");
            framework.update("nobody");
            assertThat(framework.events().soFar("OFFERS")).isEmpty();
            var info = Framework.infoIn(List.of("chosen"));
            info.putObject("id").put("value", framework.id());
            framework.call(
                    "UPDATE_FRAMEWORK",
                    "{'framework_info': %s, 'offer_constraints': %s}",
                    info,
                    object(constraints.formatted("r1")));
            framework.offer();
        }
    }

    @Test
    void aDrainedAgentHasNoTasksAndOffersNothingUntilItIsReactivated() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            framework.run("drained", "sleep 1000");
            String id = agent();
            ok(operator.call(
                    "{'type': 'DRAIN_AGENT', 'drain_agent': {'agent_id': {'value': '%s'},"
                            + " 'max_grace_period': {'seconds': 0}}}",
                    id));
            JsonNode status = framework.update("drained");
            assertThat(status.path("state").asString()).isIn("TASK_KILLED", "TASK_KILLING");
            assertThat(status.path("reason").asString("")).isEqualTo("REASON_AGENT_DRAINING");
            framework.acknowledge(status);
            JsonNode agent = Launcher.PATIENCE.until(
                    "the drained agent",
                    () -> operator.ask("GET_AGENTS")
                            .path("agents")
                            .valueStream()
                            .filter(known ->
                                    known.at("/drain_info/state").asString("").equals("DRAINED"))
                            .findFirst());
            assertThat(agent.path("deactivated").asBoolean()).isTrue();
            ok(operator.call("{'type': 'REACTIVATE_AGENT', 'reactivate_agent': {'agent_id': {'value': '%s'}}}", id));
            framework.call("REVIVE", "");
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("after", offer, "true"));
            JsonNode after = framework.update("after");
            while (after.path("reason").asString("").equals("REASON_INVALID_OFFERS")) {
                offer = framework.offer();
                framework.launch(offer, Tasks.command("after", offer, "true"));
                after = framework.update("after");
            }
            framework.acknowledge(after);
            framework.await("after", "TASK_FINISHED");
        }
    }

    @Test
    void aDeactivatedAgentOffersNothingAndKeepsItsTasks() {
        try (Framework framework = Framework.subscribe(operator.peer())) {
            framework.run("kept", "sleep 1000");
            String id = agent();
            ok(operator.call("{'type': 'DEACTIVATE_AGENT', 'deactivate_agent': {'agent_id': {'value': '%s'}}}", id));
            operator.awaitAt(
                    "/slaves", slaves -> slaves.at("/slaves/0/deactivated").asBoolean(false));
            framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'kept'}}]}");
            assertThat(framework.update("kept").path("state").asString()).isEqualTo("TASK_RUNNING");
            ok(operator.call("{'type': 'REACTIVATE_AGENT', 'reactivate_agent': {'agent_id': {'value': '%s'}}}", id));
            operator.awaitAt(
                    "/slaves", slaves -> !slaves.at("/slaves/0/deactivated").asBoolean(true));
        }
    }

    private static String schedule(String machine) {
        return "{'windows': [{'machine_ids': [" + machine
                + "], 'unavailability': {'start': {'nanoseconds': 4102444800000000000},"
                + " 'duration': {'nanoseconds': 3600000000000}}}]}";
    }

    @Test
    void aScheduledMachineIsOfferedWithItsUnavailabilityAndAskedBack() {
        String machine = "{'hostname': '127.0.0.1', 'ip': '127.0.0.1'}";
        try (Framework framework = Framework.subscribe(operator.peer())) {
            framework.run("there", "sleep 1000");
            ok(operator.call(
                    "{'type': 'UPDATE_MAINTENANCE_SCHEDULE', 'update_maintenance_schedule': {'schedule': %s}}",
                    schedule(machine)));
            JsonNode inverse = framework.events().await("INVERSE_OFFERS").at("/inverse_offers/inverse_offers/0");
            assertThat(inverse.at("/unavailability/start/nanoseconds").asLong()).isEqualTo(4_102_444_800_000_000_000L);
            JsonNode offer = framework.offer();
            while (!offer.has("unavailability")) {
                offer = framework.offer();
            }
            framework.call("ACCEPT_INVERSE_OFFERS", "{'inverse_offer_ids': [%s]}", inverse.path("id"));
            Launcher.PATIENCE.untilTrue(
                    "the framework's answer",
                    () -> operator.ask("GET_MAINTENANCE_STATUS").toString().contains("ACCEPT"));
            JsonNode shown = operator.awaitAt(
                    "/maintenance/schedule", known -> !known.path("windows").isEmpty());
            assertThat(shown.at("/windows/0/machine_ids/0/hostname").asString()).isEqualTo("127.0.0.1");
            ok(operator.call("{'type': 'UPDATE_MAINTENANCE_SCHEDULE', 'update_maintenance_schedule':"
                    + " {'schedule': {'windows': []}}}"));
            operator.awaitAt(
                    "/maintenance/schedule", none -> none.path("windows").isEmpty());
        }
    }

    @Test
    void aMachineThatIsNotScheduledIsNotTakenDown() {
        Reply reply = operator.peer().post("/machine/down", json("[{'hostname': 'unscheduled', 'ip': '10.0.0.1'}]"));
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void aWindowNeedsAMachine() {
        Reply reply = operator.peer()
                .post(
                        "/maintenance/schedule",
                        json("{'windows': [{'machine_ids': [], 'unavailability': {'start': {'nanoseconds': 1}}}]}"));
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void anAgentMarkedGoneNeverComesBack() {
        ServiceProcess doomed = launcher.agent(masterProcess.hostAndPort(), "--attributes=rack:doomed");
        launcher.awaitLeader(2);
        String id = operator.peer()
                .read("/slaves")
                .path("slaves")
                .valueStream()
                .filter(known -> known.at("/attributes/rack").asString("").equals("doomed"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        try (Framework framework = Framework.subscribe(operator.peer(), "PARTITION_AWARE")) {
            JsonNode offer = framework.offer(
                    known -> known.at("/agent_id/value").asString("").equals(id));
            framework.launch(offer, Tasks.command("doomed", offer, "sleep 1000"));
            framework.await("doomed", "TASK_RUNNING");
            String call = "{'type': 'MARK_AGENT_GONE', 'mark_agent_gone': {'agent_id': {'value': '%s'}}}";
            ok(operator.call(call, id));
            JsonNode status = framework.update("doomed");
            assertThat(status.path("state").asString()).isEqualTo("TASK_GONE_BY_OPERATOR");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_AGENT_REMOVED_BY_OPERATOR");
            ok(operator.call(call, id));
            framework.call(
                    "RECONCILE", "{'tasks': [{'task_id': {'value': 'unknown'}, 'agent_id': {'value': '%s'}}]}", id);
            assertThat(framework.update("unknown").path("state").asString()).isEqualTo("TASK_GONE_BY_OPERATOR");
            doomed.awaitEnd();
        }
    }
}
