package org.nucleus.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.object;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.cluster.Tasks;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import org.nucleus.conformance.wire.Streamed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscription, failover, update and teardown of frameworks. Source: master.cpp, subscribe; framework validation. */
@SharedCluster
class SubscriptionTest {
    private final Master operator;
    private final Peer master;

    SubscriptionTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    private String refusal(ObjectNode info) {
        return refusalOf(object("{'framework_info': %s}", info));
    }

    /** What an ERROR says that is the first and last record of a stream with status 200. */
    private String refusalOf(ObjectNode subscribe) {
        Streamed stream = Framework.open(master, subscribe);
        assertThat(stream.status()).isEqualTo(200);
        try (Events events = new Events(stream)) {
            JsonNode error = events.awaitAny();
            assertThat(error.path("type").asString()).as(error.toString()).isEqualTo("ERROR");
            events.awaitEnd();
            return error.path("error").path("message").asString();
        }
    }

    @Test
    void aNewFrameworkGetsAnIdOfMasterAndNumber() {
        try (Framework framework = Framework.subscribe(master)) {
            String masterId = operator.state().path("id").asString();
            assertThat(framework.id()).matches(masterId + "-\\d{4,}");
        }
    }

    @Test
    void subscribedNamesTheMaster() throws Exception {
        Streamed stream = Framework.open(master, object("{'framework_info': %s}", Framework.info()));
        try (Events events = new Events(stream)) {
            JsonNode subscribed = events.awaitAny().path("subscribed");
            JsonNode info = subscribed.path("master_info");
            assertThat(subscribed.path("heartbeat_interval_seconds").asDouble()).isEqualTo(15.0);
            assertThat(info.path("port").asInt()).isEqualTo(master.address().getPort());
            assertThat(info.path("ip").isIntegralNumber()).isTrue();
            assertThat(info.path("pid").asString()).startsWith("master@");
            assertThat(info.path("address").path("port").asInt())
                    .isEqualTo(master.address().getPort());
            assertThat(info.path("version").asString()).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(info.path("capabilities").toString()).contains("AGENT_UPDATE");
        }
    }

    @Test
    void aFrameworkMayChooseItsOwnId() {
        String own = "own-" + UUID.randomUUID();
        ObjectNode info = Framework.info();
        info.putObject("id").put("value", own);
        try (Framework framework = Framework.subscribe(master, info)) {
            assertThat(framework.id()).isEqualTo(own);
        }
    }

    @Test
    void subscribingAgainEndsTheEarlierStreamWithAnError() {
        ObjectNode info = Framework.info();
        Framework first = Framework.subscribe(master, info);
        try (Framework second = first.failOver(info)) {
            assertThat(second.id()).isEqualTo(first.id());
            assertThat(first.events()
                            .await("ERROR")
                            .path("error")
                            .path("message")
                            .asString())
                    .isEqualTo("Framework failed over");
            first.events().awaitEnd();
            assertThat(second.streamId()).isNotEqualTo(first.streamId());
        }
    }

    @Test
    void theEarlierStreamsIdIsWorthNothingAfterAFailover() {
        ObjectNode info = Framework.info();
        Framework first = Framework.subscribe(master, info);
        try (Framework _ = first.failOver(info)) {
            assertThat(first.post("REVIVE", "").status()).isEqualTo(400);
        }
    }

    @Test
    void offersOfTheEarlierInstanceAreInvalidAfterAFailover() {
        ObjectNode info = Framework.info();
        Framework first = Framework.subscribe(master, info);
        JsonNode stale = first.offer();
        try (Framework second = first.failOver(info)) {
            JsonNode fresh = second.offer();
            assertThat(fresh.path("id")).isNotEqualTo(stale.path("id"));
            assertThat(second.events().soFar("RESCIND")).isEmpty();
            second.launch(stale, Tasks.command("stale", stale, "true"));
            assertThat(second.update("stale").path("reason").asString()).isEqualTo("REASON_INVALID_OFFERS");
        }
    }

    @Test
    void aTornDownFrameworkIsRemovedForGood() {
        Framework framework = Framework.subscribe(master);
        framework.close();
        ObjectNode info = Framework.info();
        info.putObject("id").put("value", framework.id());
        assertThat(refusal(info)).isEqualTo("Framework has been removed");
        operator.await("completed_frameworks", framework.id(), _ -> true);
    }

    @Test
    void tearingDownEndsTheStream() {
        Framework framework = Framework.subscribe(master);
        assertThat(framework.post("TEARDOWN", "").status()).isEqualTo(202);
        framework.events().awaitEnd();
        framework.disconnect();
    }

    @Test
    void withoutFailoverTimeoutAFrameworkEndsWithItsConnection() {
        try (Events stream = operator.events()) {
            Framework framework = Framework.subscribe(master);
            framework.disconnect();
            JsonNode removed =
                    stream.await("FRAMEWORK_REMOVED", event -> event.toString().contains(framework.id()));
            assertThat(removed.at("/framework_removed/framework_info/id/value").asString())
                    .isEqualTo(framework.id());
            ObjectNode info = Framework.info();
            info.putObject("id").put("value", framework.id());
            assertThat(refusal(info)).isEqualTo("Framework has been removed");
        }
    }

    @Test
    void withinItsFailoverTimeoutAFrameworkKeepsItsTasks() {
        ObjectNode info = Framework.info().put("failover_timeout", 600);
        Framework first = Framework.subscribe(master, info);
        first.run("kept", "sleep 1000");
        first.disconnect();
        operator.await(
                "frameworks", first.id(), known -> !known.path("connected").asBoolean(true));
        try (Framework second = first.failOver(info)) {
            second.call("RECONCILE", "{'tasks': []}");
            assertThat(second.update("kept").path("state").asString()).isEqualTo("TASK_RUNNING");
        }
    }

    @Test
    void anUnacknowledgedUpdateReachesTheNextInstance() {
        ObjectNode info = Framework.info().put("failover_timeout", 600);
        Framework first = Framework.subscribe(master, info);
        JsonNode offer = first.offer();
        first.launch(offer, Tasks.command("pending", offer, "sleep 1000"));
        JsonNode starting = first.update("pending");
        try (Framework second = first.failOver(info)) {
            JsonNode again = second.update("pending");
            assertThat(again.path("uuid")).isEqualTo(starting.path("uuid"));
            second.acknowledge(again);
            second.await("pending", "TASK_RUNNING");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-dash", "a//b", "/a", "a/", "a/*", "a b", "a/../b", "a\tb"})
    void aBadRoleIsRefused(String role) {
        assertThat(refusal(Framework.infoIn(List.of(role)))).isNotEmpty();
    }

    @Test
    void aRoleInRolesNeedsTheCapability() {
        ObjectNode info = Framework.info();
        info.withArray("roles").add("web");
        assertThat(refusal(info)).contains("roles");
    }

    @Test
    void withTheCapabilityTheOldRoleMustBeUnset() {
        assertThat(refusal(Framework.info("MULTI_ROLE").put("role", "web"))).contains("role");
    }

    @Test
    void aRoleGivenTwiceIsRefused() {
        assertThat(refusal(Framework.infoIn(List.of("web", "web")))).containsIgnoringCase("duplicate");
    }

    @Test
    void aSuppressedRoleThatIsNotTheFrameworksIsRefused() {
        ObjectNode subscribe =
                object("{'framework_info': %s, 'suppressed_roles': ['other']}", Framework.infoIn(List.of("web")));
        assertThat(refusalOf(subscribe)).contains("other");
    }

    @Test
    void aFailoverTimeoutThatIsNoDurationIsRefused() {
        assertThat(refusal(Framework.info().put("failover_timeout", 1e30))).containsIgnoringCase("failover_timeout");
    }

    @Test
    void theFrameworksPrincipalMustStayTheSame() {
        ObjectNode info = Framework.info().put("principal", "one");
        try (Framework framework = Framework.subscribe(master, info)) {
            ObjectNode again = Framework.info().put("principal", "two");
            again.putObject("id").put("value", framework.id());
            assertThat(refusal(again)).containsIgnoringCase("principal");
        }
    }

    @Test
    void subscribingAgainChangesWhatMayChange() {
        Framework first = Framework.subscribe(master);
        ObjectNode changed = Framework.info("PARTITION_AWARE")
                .put("name", "renamed")
                .put("hostname", "elsewhere")
                .put("webui_url", "http://page/")
                .put("failover_timeout", 12);
        try (Framework second = first.failOver(changed)) {
            JsonNode framework = operator.await(
                    "frameworks",
                    second.id(),
                    known -> known.path("name").asString("").equals("renamed"));
            assertThat(framework.path("hostname").asString()).isEqualTo("elsewhere");
            assertThat(framework.path("webui_url").asString()).isEqualTo("http://page/");
            assertThat(framework.path("failover_timeout").asDouble()).isEqualTo(12);
            assertThat(framework.path("capabilities").toString()).contains("PARTITION_AWARE");
            assertThat(framework.path("reregistered_time").asDouble()).isPositive();
        }
    }

    @Test
    void subscribingAgainKeepsUserAndCheckpoint() {
        Framework first = Framework.subscribe(master);
        ObjectNode changed = Framework.info().put("user", "somebody").put("checkpoint", true);
        try (Framework second = first.failOver(changed)) {
            JsonNode framework = operator.await(
                    "frameworks",
                    second.id(),
                    known -> known.path("reregistered_time").asDouble(0) > 0);
            assertThat(framework.path("user").asString()).isEqualTo(Framework.USER);
            assertThat(framework.path("checkpoint").asBoolean(true)).isFalse();
        }
    }

    @Test
    void updateFrameworkChangesWhatMayChangeAndSaysSo() {
        try (Framework framework = Framework.subscribe(master)) {
            ObjectNode info = Framework.info().put("name", "updated").put("failover_timeout", 7);
            info.putObject("id").put("value", framework.id());
            Reply reply = framework.post("UPDATE_FRAMEWORK", "{'framework_info': %s}", info);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            JsonNode shown = operator.await(
                    "frameworks",
                    framework.id(),
                    known -> known.path("name").asString("").equals("updated"));
            assertThat(shown.path("failover_timeout").asDouble()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'user': 'somebody'}", "{'checkpoint': true}", "{'principal': 'somebody'}"})
    void updateFrameworkRefusesWhatMayNotChange(String change) {
        try (Framework framework = Framework.subscribe(master)) {
            ObjectNode info = Framework.info();
            info.putObject("id").put("value", framework.id());
            info.setAll(object(change));
            assertThat(framework
                            .post("UPDATE_FRAMEWORK", "{'framework_info': %s}", info)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void leavingARoleRescindsItsOffers() {
        ObjectNode info = Framework.infoIn(List.of("leaving", "staying"));
        try (Framework framework = Framework.subscribeWith(
                master, object("{'framework_info': %s, 'suppressed_roles': ['staying']}", info))) {
            JsonNode offer = framework.offer();
            assertThat(offer.at("/allocation_info/role").asString()).isEqualTo("leaving");
            ObjectNode fewer = Framework.infoIn(List.of("staying"));
            fewer.putObject("id").put("value", framework.id());
            framework.call("UPDATE_FRAMEWORK", "{'framework_info': %s}", fewer);
            JsonNode rescinded = framework.events().await("RESCIND");
            assertThat(rescinded.at("/rescind/offer_id")).isEqualTo(offer.path("id"));
            assertThat(framework.offer().at("/allocation_info/role").asString()).isEqualTo("staying");
        }
    }

    @Test
    void aDisconnectedFrameworkIsShownAsInactive() {
        ObjectNode info = Framework.info().put("failover_timeout", 600);
        Framework framework = Framework.subscribe(master, info);
        JsonNode shown = operator.await("frameworks", framework.id(), _ -> true);
        assertThat(shown.path("active").asBoolean()).isTrue();
        assertThat(shown.path("connected").asBoolean()).isTrue();
        framework.disconnect();
        JsonNode gone = operator.await(
                "frameworks", framework.id(), known -> !known.path("active").asBoolean(true));
        assertThat(gone.path("connected").asBoolean(true)).isFalse();
        framework.failOver(info).close();
    }
}
