package org.nucleus.conformance.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.conformance.wire.Json.json;
import static org.nucleus.conformance.wire.Peer.JSON;
import static org.nucleus.conformance.wire.Peer.PROTOBUF;

import java.util.Locale;
import org.apache.mesos.v1.master.Protos.Call;
import org.apache.mesos.v1.master.Protos.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.conformance.cluster.Framework;
import org.nucleus.conformance.cluster.Launcher;
import org.nucleus.conformance.cluster.Master;
import org.nucleus.conformance.cluster.SharedCluster;
import org.nucleus.conformance.wire.Events;
import org.nucleus.conformance.wire.Peer;
import org.nucleus.conformance.wire.Reply;
import tools.jackson.databind.JsonNode;

/** {@code POST /api/v1} of the master. Source: master/http.cpp, api; docs/operator-http-api. */
@SharedCluster
class OperatorApiTest {
    private final Master operator;
    private final Peer master;

    OperatorApiTest(Master master) {
        this.operator = master;
        this.master = master.peer();
    }

    @Test
    void otherMethodsThanPostAreNotAllowed() {
        assertThat(master.get("/api/v1").status()).isEqualTo(405);
    }

    @Test
    void contentTypesAreDemandedAndCompared() {
        assertThat(master.send("POST", "/api/v1", Peer.bytes("{}")).status()).isEqualTo(400);
        assertThat(master.post("/api/v1", "{}", "Content-Type", "text/plain").status())
                .isEqualTo(415);
    }

    @Test
    void malformedAndUnknownCallsAreBad() {
        assertThat(master.post("/api/v1", "{", "Content-Type", JSON).status()).isEqualTo(400);
        assertThat(operator.call("{}").status()).isEqualTo(400);
        assertThat(operator.call("{'type': 'NO_SUCH_CALL'}").status()).isEqualTo(400);
    }

    @Test
    void acceptedTypesThatCannotBeServedAreNotAcceptable() {
        assertThat(master.post("/api/v1", json("{'type': 'GET_HEALTH'}"), "Accept", "text/html")
                        .status())
                .isEqualTo(406);
    }

    @Test
    void pathsAreMatchedByTheirBeginning() {
        assertThat(master.post("/api/v1/operator", json("{'type': 'GET_HEALTH'}"))
                        .status())
                .isEqualTo(200);
        assertThat(master.post("/master/api/v1", json("{'type': 'GET_HEALTH'}")).status())
                .isEqualTo(200);
    }

    @Test
    void aCallInProtobufIsAnsweredInProtobuf() throws Exception {
        Reply reply = master.send(
                "POST",
                "/api/v1",
                Call.newBuilder().setType(Call.Type.GET_MASTER).build().toByteArray(),
                "Content-Type",
                PROTOBUF,
                "Accept",
                PROTOBUF);
        assertThat(reply.header("Content-Type")).isEqualTo(PROTOBUF);
        Response response = Response.parseFrom(reply.bytes());
        assertThat(response.getType()).isEqualTo(Response.Type.GET_MASTER);
        assertThat(response.getGetMaster().getMasterInfo().getPort())
                .isEqualTo(master.address().getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET_HEALTH",
                "GET_FLAGS",
                "GET_VERSION",
                "GET_LOGGING_LEVEL",
                "GET_STATE",
                "GET_AGENTS",
                "GET_FRAMEWORKS",
                "GET_EXECUTORS",
                "GET_TASKS",
                "GET_OPERATIONS",
                "GET_ROLES",
                "GET_WEIGHTS",
                "GET_MASTER",
                "GET_MAINTENANCE_STATUS",
                "GET_MAINTENANCE_SCHEDULE",
                "GET_QUOTA"
            })
    void answersUnderTheNameOfTheCall(String type) {
        Reply reply = operator.call("{'type': '%s'}", type);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo(JSON);
        assertThat(reply.json().path("type").asString()).isEqualTo(type);
        assertThat(reply.json().has(type.toLowerCase(Locale.ROOT))).isTrue();
    }

    @Test
    void metricsNeedTheirObject() {
        assertThat(operator.call("{'type': 'GET_METRICS'}").status()).isEqualTo(400);
        JsonNode metrics = operator.call("{'type': 'GET_METRICS', 'get_metrics': {}}")
                .json()
                .at("/get_metrics/metrics");
        assertThat(metrics.valueStream().map(metric -> metric.path("name").asString()))
                .contains("master/elected", "master/uptime_secs");
    }

    @Test
    void theVersionCanBeComparedByItsNumbers() {
        assertThat(operator.ask("GET_VERSION").at("/version_info/version").asString())
                .matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void agentsAreShownWithWhatTheyHave() {
        JsonNode agent = operator.ask("GET_AGENTS").at("/agents/0");
        assertThat(agent.path("active").asBoolean()).isTrue();
        assertThat(agent.path("version").asString()).isNotEmpty();
        assertThat(agent.path("pid").asString()).startsWith("slave(1)@");
        assertThat(agent.at("/agent_info/id/value").asString()).isNotEmpty();
        assertThat(agent.at("/registered_time/nanoseconds").asLong()).isPositive();
        assertThat(agent.path("total_resources").toString()).contains("\"cpus\"");
        assertThat(agent.path("capabilities").toString()).contains("MULTI_ROLE");
    }

    @Test
    void frameworksAreShownWithTheirOffers() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.offer();
            JsonNode shown = Launcher.PATIENCE.until(
                    "the framework's offer",
                    () -> operator.ask("GET_FRAMEWORKS")
                            .path("frameworks")
                            .valueStream()
                            .filter(known -> known.at("/framework_info/id/value")
                                    .asString("")
                                    .equals(framework.id()))
                            .filter(known -> known.path("offers").size() == 1)
                            .findFirst());
            assertThat(shown.path("active").asBoolean()).isTrue();
            assertThat(shown.path("connected").asBoolean()).isTrue();
            assertThat(shown.path("recovered").asBoolean(true)).isFalse();
        }
    }

    @Test
    void tasksAreShownAsTheyAre() {
        try (Framework framework = Framework.subscribe(master)) {
            framework.run("shown", "sleep 1000");
            JsonNode task = Launcher.PATIENCE.until(
                    "the task",
                    () -> operator.ask("GET_TASKS")
                            .path("tasks")
                            .valueStream()
                            .filter(known ->
                                    known.at("/framework_id/value").asString("").equals(framework.id()))
                            .filter(known -> known.path("state").asString("").equals("TASK_RUNNING"))
                            .findFirst());
            assertThat(task.at("/task_id/value").asString()).isEqualTo("shown");
            assertThat(task.path("statuses").isEmpty()).isFalse();
        }
    }

    @Test
    void tearDownEndsAFramework() {
        try (Framework framework = Framework.subscribe(master)) {
            Reply reply = operator.call(
                    "{'type': 'TEARDOWN', 'teardown': {'framework_id': {'value': '%s'}}}", framework.id());
            assertThat(reply.status()).isEqualTo(200);
            framework.events().awaitEnd();
        }
    }

    @Test
    void loggingLevelsCanBeSetForAWhile() {
        Reply reply = operator.call("{'type': 'SET_LOGGING_LEVEL', 'set_logging_level':"
                + " {'level': 1, 'duration': {'nanoseconds': 60000000000}}}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(operator.ask("GET_LOGGING_LEVEL").path("level").asInt()).isEqualTo(1);
        operator.call("{'type': 'SET_LOGGING_LEVEL', 'set_logging_level':"
                + " {'level': 0, 'duration': {'nanoseconds': 1}}}");
    }

    @Test
    void markingAnUnknownAgentGoneIsNotFound() {
        Reply reply =
                operator.call("{'type': 'MARK_AGENT_GONE', 'mark_agent_gone': {'agent_id': {'value': 'nowhere'}}}");
        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void theEventStreamBeginsWithTheStateAndAHeartbeat() {
        try (Events events = operator.events()) {
            JsonNode first = events.awaitAny();
            assertThat(first.path("type").asString()).isEqualTo("SUBSCRIBED");
            assertThat(first.at("/subscribed/heartbeat_interval_seconds").asDouble())
                    .isEqualTo(15.0);
            assertThat(first.at("/subscribed/get_state").has("get_agents")).isTrue();
            assertThat(events.awaitAny().path("type").asString()).isEqualTo("HEARTBEAT");
        }
    }

    @Test
    void theEventStreamTellsOfFrameworks() {
        try (Events events = operator.events()) {
            Framework framework = Framework.subscribe(master);
            JsonNode added = events.await("FRAMEWORK_ADDED").at("/framework_added/framework");
            assertThat(added.at("/framework_info/id/value").asString()).isEqualTo(framework.id());
            Framework again = framework.failOver(Framework.info().put("name", "renamed"));
            JsonNode updated = events.await(
                            "FRAMEWORK_UPDATED", event -> event.toString().contains("renamed"))
                    .at("/framework_updated/framework");
            assertThat(updated.at("/framework_info/name").asString()).isEqualTo("renamed");
            again.close();
            assertThat(events.await("FRAMEWORK_REMOVED")
                            .at("/framework_removed/framework_info/id/value")
                            .asString())
                    .isEqualTo(framework.id());
        }
    }

    @Test
    void theEventStreamTellsOfTasks() {
        try (Events events = operator.events();
                Framework framework = Framework.subscribe(master)) {
            framework.run("watched", "sleep 1000");
            JsonNode added = events.await("TASK_ADDED").at("/task_added/task");
            assertThat(added.at("/task_id/value").asString()).isEqualTo("watched");
            assertThat(added.path("state").asString()).isEqualTo("TASK_STAGING");
            JsonNode running = events.await(
                            "TASK_UPDATED", event -> event.toString().contains("TASK_RUNNING"))
                    .path("task_updated");
            assertThat(running.path("state").asString()).isEqualTo("TASK_RUNNING");
            assertThat(running.at("/status/task_id/value").asString()).isEqualTo("watched");
            assertThat(running.at("/framework_id/value").asString()).isEqualTo(framework.id());
        }
    }

    @Test
    void updatingTheLoggingLevelNeedsItsObject() {
        assertThat(operator.call("{'type': 'SET_LOGGING_LEVEL'}").status()).isEqualTo(400);
    }
}
