package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.object;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Peer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an offer holds, and what becomes of it. Source: master.cpp, accept; hierarchical.cpp. */
@SharedCluster
class OffersTest {
    private final Master operator;
    private final Peer master;

    OffersTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    /** What has come before a reply to a question that is asked now. */
    private static void roundTrip(Framework framework) {
        framework.call("RECONCILE", "{'tasks': [{'task_id': {'value': 'nobody'}}]}");
        framework.update("nobody");
    }

    @Test
    void anOfferIsOfOneAgent() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            JsonNode agent = operator.agent();
            assertThat(offer.at("/agent_id/value").asString())
                    .isEqualTo(agent.path("id").asString());
            assertThat(offer.path("hostname").asString())
                    .isEqualTo(agent.path("hostname").asString());
            assertThat(offer.at("/framework_id/value").asString()).isEqualTo(framework.id());
            assertThat(offer.at("/url/scheme").asString()).isEqualTo("http");
            assertThat(offer.at("/url/path").asString()).isEqualTo("/slave(1)");
            assertThat(offer.at("/url/address/port").asInt())
                    .isEqualTo(agent.path("port").asInt());
        }
    }

    @Test
    void anOfferIdIsOfMasterAndNumber() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(framework.offer().at("/id/value").asString())
                    .matches(operator.state().path("id").asString() + "-O\\d+");
        }
    }

    @Test
    void attributesAreOfferedByTheirTypes() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode attributes = framework.offer().path("attributes");
            assertThat(attributes.valueStream().map(a -> a.path("type").asString()))
                    .contains("TEXT", "SCALAR", "RANGES");
        }
    }

    @Test
    void withoutMultiRoleAllocationsAreNotShown() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            assertThat(offer.has("allocation_info")).isFalse();
            assertThat(offer.path("resources").toString()).doesNotContain("allocation_info");
        }
    }

    @Test
    void withMultiRoleOfferAndResourcesSayWhoseTheyAre() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("web", "batch")))) {
            JsonNode offer = framework.offer();
            String role = offer.at("/allocation_info/role").asString();
            assertThat(role).isIn("web", "batch");
            assertThat(offer.path("resources").valueStream())
                    .allMatch(resource ->
                            resource.at("/allocation_info/role").asString("").equals(role));
        }
    }

    @Test
    void withoutRefinementResourcesHaveARole() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(framework.offer().path("resources").valueStream())
                    .allMatch(resource -> resource.path("role").asString("").equals("*"));
        }
    }

    @Test
    void withRefinementUnreservedResourcesHaveNone() {
        try (Framework framework = Framework.subscribe(master, "RESERVATION_REFINEMENT")) {
            assertThat(framework.offer().path("resources").valueStream())
                    .allMatch(resource -> !resource.has("role") && !resource.has("reservations"));
        }
    }

    @Test
    void aDeclinedOfferWithoutFilterComesAgain() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode first = framework.offer();
            framework.decline(first, 0);
            JsonNode second = framework.offer();
            assertThat(second.path("agent_id")).isEqualTo(first.path("agent_id"));
            assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        }
    }

    @Test
    void aDeclinedOfferGoesToTheNextFramework() {
        try (Framework first = Framework.subscribe(master);
                Framework second = Framework.subscribe(master)) {
            JsonNode offer = first.offer();
            first.decline(offer, 3600);
            assertThat(second.offer().path("agent_id")).isEqualTo(offer.path("agent_id"));
        }
    }

    @Test
    void reviveClearsFilters() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.decline(framework.offer(), 3600);
            roundTrip(framework);
            assertThat(framework.events().soFar("OFFERS")).hasSize(1);
            framework.call("REVIVE", "");
            framework.offer();
        }
    }

    @Test
    void reviveOfOneRoleLeavesTheOthersFiltered() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("r1", "r2")))) {
            framework.decline(framework.offer(), 3600);
            framework.decline(framework.offer(), 3600);
            framework.call("REVIVE", "{'roles': ['r2']}");
            assertThat(framework.offer().at("/allocation_info/role").asString()).isEqualTo("r2");
        }
    }

    @Test
    void anAcceptedOfferWithoutOperationsIsDeclined() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode first = framework.offer();
            framework.accept(first);
            assertThat(framework.offer().path("agent_id")).isEqualTo(first.path("agent_id"));
        }
    }

    @Test
    void decliningAStaleOfferIsIgnored() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode first = framework.offer();
            framework.decline(first, 0);
            JsonNode second = framework.offer();
            framework.decline(first, 0);
            framework.launch(second, Tasks.command("alive", second, "true"));
            framework.await("alive", "TASK_FINISHED");
        }
    }

    @Test
    void suppressStopsOffersAndReviveBringsThemBack() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.call("SUPPRESS", "");
            framework.decline(offer, 0);
            roundTrip(framework);
            assertThat(framework.events().soFar("OFFERS")).hasSize(1);
            framework.call("REVIVE", "");
            framework.offer();
        }
    }

    @Test
    void suppressLeavesOutstandingOffers() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.call("SUPPRESS", "");
            framework.launch(offer, Tasks.command("late", offer, "true"));
            framework.await("late", "TASK_FINISHED");
        }
    }

    @Test
    void aSuppressedRoleIsNotOffered() {
        ObjectNode subscribe = object(
                "{'framework_info': %s, 'suppressed_roles': ['quiet']}", Framework.infoIn(List.of("quiet", "loud")));
        try (Framework framework = Framework.subscribeWith(master, subscribe)) {
            assertThat(framework.offer().at("/allocation_info/role").asString()).isEqualTo("loud");
        }
    }

    @Test
    void withAllRolesSuppressedNothingIsOffered() {
        ObjectNode subscribe =
                object("{'framework_info': %s, 'suppressed_roles': ['quiet']}", Framework.infoIn(List.of("quiet")));
        try (Framework silent = Framework.subscribeWith(master, subscribe);
                Framework other = Framework.subscribe(master)) {
            other.offer();
            roundTrip(silent);
            assertThat(silent.events().soFar("OFFERS")).isEmpty();
        }
    }

    @Test
    void anInvalidRoleInReviveDropsTheWholeCall() {
        try (Framework framework = Framework.subscribe(master, Framework.infoIn(List.of("mine")))) {
            framework.decline(framework.offer(), 3600);
            framework.call("REVIVE", "{'roles': ['mine', 'notmine']}");
            roundTrip(framework);
            assertThat(framework.events().soFar("OFFERS")).hasSize(1);
        }
    }

    @Test
    void requestIsTakenAndIgnored() {
        try (Framework framework = Framework.subscribe(master)) {
            assertThat(framework.post("REQUEST", "{'requests': []}").status()).isEqualTo(202);
        }
    }

    @Test
    void whatAnAcceptLeavesIsOfferedAgain() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode whole = framework.offer();
            framework.launch(whole, Tasks.command("part", whole, "sleep 1000"));
            JsonNode rest = framework.offer();
            assertThat(Math.round(1000 * Tasks.scalarOf(rest, "cpus")))
                    .isEqualTo(Math.round(1000 * Tasks.scalarOf(whole, "cpus")) - 100);
            assertThat(Tasks.scalarOf(rest, "mem")).isEqualTo(Tasks.scalarOf(whole, "mem") - 32);
        }
    }

    @Test
    void offersOfOneAgentMayBeAcceptedTogether() {
        try (Framework first = Framework.subscribe(master);
                Framework second = Framework.subscribe(master, Framework.info())) {
            JsonNode whole = first.offer();
            double all = Tasks.scalarOf(whole, "cpus");
            ObjectNode half = Tasks.plain("half", whole);
            half.putObject("command").put("value", "sleep 1000");
            half.putArray("resources").add(Tasks.scalar("cpus", all / 2)).add(Tasks.scalar("mem", 32));
            first.call("SUPPRESS", "");
            first.launch(whole, half);
            first.await("half", "TASK_RUNNING");
            JsonNode one = second.offer();
            first.kill("half");
            first.await("half", "TASK_KILLED");
            JsonNode two = second.offer();
            ObjectNode task = Tasks.plain("large", one);
            task.putObject("command").put("value", "true");
            task.putArray("resources").add(Tasks.scalar("cpus", all)).add(Tasks.scalar("mem", 32));
            second.call(
                    "ACCEPT",
                    "{'offer_ids': [%s, %s], 'operations': [%s]}",
                    one.path("id"),
                    two.path("id"),
                    Tasks.launch(task));
            second.await("large", "TASK_FINISHED");
        }
    }

    @Test
    void anOfferIsUsedAtMostOnce() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.launch(offer, Tasks.command("first", offer, "true"));
            framework.launch(offer, Tasks.command("second", offer, "true"));
            JsonNode status = framework.update("second");
            assertThat(status.path("state").asString()).isEqualTo("TASK_LOST");
            assertThat(status.path("reason").asString()).isEqualTo("REASON_INVALID_OFFERS");
            assertThat(status.path("source").asString()).isEqualTo("SOURCE_MASTER");
            assertThat(status.has("uuid")).isFalse();
        }
    }

    @Test
    void aTaskOnAnInvalidOfferIsDroppedForThoseWhoKnowPartitions() {
        try (Framework framework = Framework.subscribe(master, "PARTITION_AWARE")) {
            JsonNode offer = framework.offer();
            framework.decline(offer, 0);
            framework.launch(offer, Tasks.command("dropped", offer, "true"));
            assertThat(framework.update("dropped").path("state").asString()).isEqualTo("TASK_DROPPED");
        }
    }

    @Test
    void anOfferGivenTwiceMakesTheAcceptInvalid() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode offer = framework.offer();
            framework.call(
                    "ACCEPT",
                    "{'offer_ids': [%s, %s], 'operations': [%s], 'filters': {'refuse_seconds': 0}}",
                    offer.path("id"),
                    offer.path("id"),
                    Tasks.launch(Tasks.command("twice", offer, "true")));
            assertThat(framework.update("twice").path("reason").asString()).isEqualTo("REASON_INVALID_OFFERS");
            framework.offer();
        }
    }

    @Test
    void anotherFrameworksOfferIsInvalid() {
        try (Framework owner = Framework.subscribe(master);
                Framework thief = Framework.subscribe(master)) {
            JsonNode offer = owner.offer();
            thief.launch(offer, Tasks.command("stolen", offer, "true"));
            assertThat(thief.update("stolen").path("reason").asString()).isEqualTo("REASON_INVALID_OFFERS");
            owner.launch(offer, Tasks.command("own", offer, "true"));
            owner.await("own", "TASK_FINISHED");
        }
    }

    @Test
    void aFrameworksEndFreesItsOffers() {
        try (Framework waiting = Framework.subscribe(master)) {
            waiting.decline(waiting.offer(), 0);
            Framework holding = Framework.subscribe(master);
            // Whoever holds the agent now, after one has gone it is the other's.
            holding.close();
            waiting.call("REVIVE", "");
            waiting.offer();
        }
    }

    @Test
    void aTasksEndBringsItsResourcesBackAtOnce() {
        try (Framework framework = Framework.subscribe(master)) {
            JsonNode whole = framework.offer();
            framework.launch(whole, Tasks.command("short", whole, "sleep 1000"));
            framework.await("short", "TASK_RUNNING");
            JsonNode rest = framework.offer();
            framework.decline(rest, 3600);
            framework.kill("short");
            JsonNode again = framework.offer();
            assertThat(Tasks.scalarOf(again, "cpus")).isPositive();
        }
    }

    @Test
    void gpusAreOnlyForThoseWhoCanUseThemButOthersAreForAll() {
        try (Framework framework = Framework.subscribe(master, "GPU_RESOURCES")) {
            assertThat(Tasks.scalarOf(framework.offer(), "cpus")).isPositive();
        }
    }
}
