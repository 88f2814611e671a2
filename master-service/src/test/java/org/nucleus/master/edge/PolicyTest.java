package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.service.test.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators set, by both APIs, and that the next master knows it. */
@Timeout(180)
class PolicyTest {
    private static final String SCHEDULE = "{\"windows\":[{\"machine_ids\":[{\"hostname\":\"H1\",\"ip\":\"10.0.0.1\"}],"
            + "\"unavailability\":{\"start\":{\"nanoseconds\":1767225600000000000}}}]}";

    private static RunningMaster refusing;

    @BeforeAll
    static void start() throws Exception {
        refusing = RunningMaster.start(TestDatabase.fresh()).awaitLeader();
    }

    @AfterAll
    static void stop() {
        refusing.close();
    }

    @Test
    void whatWasSetOutlivesTheMaster() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        try (RunningMaster master =
                RunningMaster.start(database, "--weights=web=2.5").awaitLeader()) {
            assertThat(call(
                                    master,
                                    "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":"
                                            + "[{\"role\":\"web\",\"limits\":{\"cpus\":{\"value\":8}}}]}}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(master, "PUT", "/weights", "[{\"role\":\"batch\",\"weight\":0.5}]")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(master, "POST", "/maintenance/schedule", SCHEDULE).statusCode())
                    .isEqualTo(200);
            assertThat(send(master, "POST", "/machine/down", "[{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"}]")
                            .statusCode())
                    .isEqualTo(200);
        }
        try (RunningMaster master =
                RunningMaster.start(database, "--weights=web=7").awaitLeader()) {
            JsonNode quota = answer(master, "GET_QUOTA").path("get_quota").path("status");
            assertThat(quota.path("configs").path(0).toString())
                    .isEqualTo("{\"role\":\"web\",\"limits\":{\"cpus\":{\"value\":8.0}}}");
            assertThat(master.get("/weights").body())
                    .isEqualTo("[{\"role\":\"batch\",\"weight\":0.5},{\"role\":\"web\",\"weight\":2.5}]");
            assertThat(master.json("/maintenance/status").path("down_machines").toString())
                    .isEqualTo("[{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"}]");
            assertThat(send(master, "POST", "/machine/up", "[{\"hostname\":\"h1\",\"ip\":\"10.0.0.1\"}]")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(master.json("/maintenance/schedule").path("windows").size())
                    .isZero();
            JsonNode metrics = master.json("/metrics/snapshot");
            assertThat(metrics.path("allocator/mesos/quota/roles/web/resources/cpus/limit")
                            .asDouble())
                    .isEqualTo(8);
            JsonNode roles = master.json("/roles").path("roles");
            assertThat(roles.toString()).contains("\"limit\":{\"cpus\":8.0}");
        }
    }

    @Test
    void quotasOfBefore19AreSetAndRemoved() throws Exception {
        try (RunningMaster master = RunningMaster.start(TestDatabase.fresh()).awaitLeader()) {
            String quota = "{\"role\":\"web\",\"guarantee\":"
                    + "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":4}}]";
            HttpResponse<String> beyond = send(master, "POST", "/quota", quota + "}");
            assertThat(beyond.statusCode()).isEqualTo(409);
            assertThat(beyond.body()).startsWith("Heuristic capacity check for set quota request failed");
            assertThat(send(master, "POST", "/quota", quota + ",\"force\":true}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(master, "POST", "/quota", quota + ",\"force\":true}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(master.json("/quota").path("infos").path(0).path("role").asString())
                    .isEqualTo("web");
            assertThat(send(master, "DELETE", "/quota/web", "").statusCode()).isEqualTo(200);
            assertThat(send(master, "DELETE", "/quota/web", "").statusCode()).isEqualTo(400);
            assertThat(send(master, "POST", "/quota", "{").statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":[{\"role\":\"a/b\"}]}"
                        + "|Updating quota on nested role 'a/b' is not supported yet",
                "\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":[{\"role\":\"a\","
                        + "\"guarantees\":{\"cpus\":{\"value\":1}}}]}"
                        + "|Invalid QuotaConfig: Total quota guarantees '{cpus:1}' exceed cluster capacity '{cpus:0}'"
                        + " (use 'force' flag to bypass this check)",
                "\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"a\",\"weight\":0}]}"
                        + "|Failed to validate update weights request JSON: for role 'a': Invalid weight '0.0':"
                        + " Weights must be positive",
                "\"DRAIN_AGENT\",\"drain_agent\":{\"agent_id\":{\"value\":\"S7\"},\"mark_gone\":false}"
                        + "|Unknown agent 'S7'",
                "\"START_MAINTENANCE\",\"start_maintenance\":{\"machines\":[{\"hostname\":\"h9\"}]}"
                        + "|Machine 'h9' is not part of a maintenance schedule",
                "\"DRAIN_AGENT\"|Failed to validate master::Call: Expecting 'drain_agent' to be present"
            })
    void whatCannotBeSetSaysWhy(String call, String message) throws Exception {
        HttpResponse<String> response = call(refusing, "{\"type\":" + call + "}");

        assertThat(response.body()).isEqualTo(message);
        assertThat(response.statusCode()).isEqualTo(400);
    }

    private static JsonNode answer(RunningMaster master, String type) throws Exception {
        return JsonMapper.shared()
                .readTree(call(master, "{\"type\":\"" + type + "\"}").body());
    }

    private static HttpResponse<String> call(RunningMaster master, String body) throws Exception {
        return send(master, "POST", "/api/v1", body);
    }

    private static HttpResponse<String> send(RunningMaster master, String method, String path, String body)
            throws Exception {
        return master.send(HttpRequest.newBuilder(master.uri(path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }
}
