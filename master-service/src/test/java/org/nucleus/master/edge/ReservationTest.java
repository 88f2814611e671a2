package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reservations and volumes over HTTP, by frameworks and by operators. */
@Timeout(180)
class ReservationTest {
    private static final String CPUS = "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":2},"
            + "\"role\":\"ads\",\"reservation\":{\"principal\":\"ops\"}}]";
    private static final String DISK = "[{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":100},"
            + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"ads\",\"principal\":\"ops\"}]}]";
    private static final String VOLUME = DISK.replace(
            "\"reservations\"",
            "\"disk\":{\"persistence\":{\"id\":\"v1\",\"principal\":\"ops\"},"
                    + "\"volume\":{\"container_path\":\"data\",\"mode\":\"RW\"}},\"reservations\"");

    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        master = RunningMaster.start(TestDatabase.fresh()).awaitLeader();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void anOperatorReservesAndMakesVolumesByTheOldEndpoints() throws Exception {
        try (var agent = MasterEdgeTest.agent(master, "old")) {
            String id = idOf(agent);
            assertThat(form("/reserve", id, "resources", CPUS).statusCode()).isEqualTo(202);
            AgentEvent.ApplyOperation told = Objects.requireNonNull(
                    agent.next(event -> event.applyOperation() != null).applyOperation());
            assertThat(told.info().type()).isEqualTo(Offer.Operation.Type.RESERVE);
            assertThat(form("/master/reserve", id, "resources", DISK).statusCode())
                    .isEqualTo(202);
            assertThat(form("/create-volumes", id, "volumes", VOLUME).statusCode())
                    .isEqualTo(202);

            JsonNode slave = slave(id);
            assertThat(slave.path("reserved_resources").path("ads").path("cpus").asDouble())
                    .isEqualTo(2);
            assertThat(slave.path("unreserved_resources").path("cpus").asDouble())
                    .isEqualTo(2);
            assertThat(slave.path("reserved_resources_full").path("ads").toString())
                    .contains("\"id\":\"v1\"", "\"principal\":\"ops\"");

            assertThat(form("/unreserve", id, "resources", DISK).statusCode())
                    .as("a volume is made of it")
                    .isEqualTo(409);
            assertThat(form("/destroy-volumes", id, "volumes", VOLUME).statusCode())
                    .isEqualTo(202);
            assertThat(form("/unreserve", id, "resources", DISK).statusCode()).isEqualTo(202);
            assertThat(form("/unreserve", id, "resources", CPUS).statusCode()).isEqualTo(202);
            assertThat(slave(id).path("reserved_resources").size()).isZero();
        }
    }

    @Test
    void anOperatorReservesAndMakesVolumesByTheV1Api() throws Exception {
        try (var agent = MasterEdgeTest.agent(master, "new")) {
            String id = idOf(agent);
            assertThat(call("RESERVE_RESOURCES", id, "\"resources\":" + DISK)).isEqualTo(202);
            assertThat(call("CREATE_VOLUMES", id, "\"volumes\":" + VOLUME)).isEqualTo(202);
            assertThat(call("SHRINK_VOLUME", id, "\"volume\":" + one(VOLUME) + ",\"subtract\":{\"value\":40}"))
                    .as("agents say whether they can resize volumes: this one can't")
                    .isEqualTo(400);
            assertThat(call("DESTROY_VOLUMES", id, "\"volumes\":" + VOLUME)).isEqualTo(202);
            assertThat(call("UNRESERVE_RESOURCES", id, "\"resources\":" + DISK)).isEqualTo(202);
            assertThat(call("UNRESERVE_RESOURCES", id, "\"resources\":" + DISK)).isEqualTo(409);
            assertThat(call("RESERVE_RESOURCES", "nobody", "\"resources\":" + DISK))
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reserve", "/unreserve", "/create-volumes", "/destroy-volumes"})
    void malformedRequestsAreRefused(String path) throws Exception {
        assertThat(master.get(path).statusCode()).isEqualTo(405);
        assertThat(post(path, "").body()).isEqualTo("Missing 'slaveId' query parameter in the request body");
        String what = path.endsWith("volumes") ? "volumes" : "resources";
        assertThat(post(path, "slaveId=S1").body())
                .isEqualTo("Missing '" + what + "' query parameter in the request body");
        assertThat(post(path, "slaveId=S1&" + what + "=nonsense").statusCode()).isEqualTo(400);
        assertThat(post(path, "slaveId=S1&" + what + "=[]").body()).isEqualTo("No agent found with specified ID");
    }

    @Test
    void aFrameworkReservesAndIsTold() throws Exception {
        try (var agent = MasterEdgeTest.agent(master, "feedback");
                var framework = MasterEdgeTest.framework(master, "f", null)) {
            idOf(agent);
            var subscribed = Objects.requireNonNull(
                    framework.next(event -> event.subscribed() != null).subscribed());
            Offer offer = Objects.requireNonNull(
                            framework.next(event -> event.offers() != null).offers())
                    .offers()
                    .getFirst();
            Resource foreign = JsonCodec.v1().decode(one(CPUS).getBytes(StandardCharsets.UTF_8), Resource.class);
            Offer.Operation reserve = Offer.Operation.builder()
                    .type(Offer.Operation.Type.RESERVE)
                    .id(new OperationId("r1"))
                    .reserve(new Offer.Operation.Reserve(List.of(), List.of(foreign)))
                    .build();
            framework.send(Call.builder()
                    .type(Call.Type.ACCEPT)
                    .frameworkId(subscribed.frameworkId())
                    .accept(new Call.Accept(List.of(offer.id()), List.of(reserve), null))
                    .build());
            Event told = framework.next(event -> event.updateOperationStatus() != null);
            var status = Objects.requireNonNull(told.updateOperationStatus()).status();
            assertThat(status.operationId()).isEqualTo(new OperationId("r1"));
            assertThat(status.message()).contains("AGENT_OPERATION_FEEDBACK");
        }
    }

    private static String idOf(Peer<AgentEvent> agent) throws InterruptedException {
        return Objects.requireNonNull(
                        agent.next(event -> event.subscribed() != null).subscribed())
                .agentId()
                .value();
    }

    private static JsonNode slave(String id) throws Exception {
        for (JsonNode each : master.json("/slaves").path("slaves")) {
            if (each.path("id").asString().equals(id)) {
                return each;
            }
        }
        throw new AssertionError("no agent " + id);
    }

    private static HttpResponse<String> form(String path, String agent, String name, String json) throws Exception {
        return post(path, "slaveId=" + agent + "&" + name + "=" + URLEncoder.encode(json, StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return master.send(HttpRequest.newBuilder(master.uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static int call(String type, String agent, String rest) throws Exception {
        String name = type.toLowerCase(Locale.ROOT);
        String body = "{\"type\":\"" + type + "\",\"" + name + "\":{\"agent_id\":{\"value\":\"" + agent + "\"}," + rest
                + "}}";
        return master.send(HttpRequest.newBuilder(master.uri("/api/v1"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build())
                .statusCode();
    }

    private static String one(String array) {
        return JsonMapper.shared().readTree(array).get(0).toString();
    }
}
