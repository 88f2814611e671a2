package org.nucleus.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST interface in front of everything real but the master. */
@Timeout(120)
class MarathonServiceTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final BlockingQueue<String> exits = new LinkedBlockingQueue<>();
    private static TestZooKeeper zooKeeper;
    private static FakeMaster master;
    private static TestDatabase database;
    private static String zk;
    private static ConfigurableApplicationContext service;
    private static URI base;

    @BeforeAll
    static void start() throws Exception {
        zooKeeper = TestZooKeeper.start();
        master = new FakeMaster(3);
        database = TestDatabase.fresh();
        zk = zooKeeper.url();
        int port = freePort();
        base = URI.create("http://127.0.0.1:" + port);
        service = launch(port);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        master.close();
        zooKeeper.close();
        http.close();
    }

    static ConfigurableApplicationContext launch(int port) {
        List<String> flags = new ArrayList<>(database.flags());
        flags.addAll(List.of(
                "--master=" + master.address(),
                "--zk=" + zk,
                "--hostname=127.0.0.1",
                "--http_address=127.0.0.1",
                "--http_port=" + port));
        return Launch.start(
                MarathonApplication.class,
                "marathon",
                "MARATHON_",
                Surroundings.hosted((code, reason) -> exits.add(reason)),
                flags.toArray(String[]::new));
    }

    static int freePort() throws java.io.IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> call(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = call("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String deployment(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return answer.headers().firstValue("Marathon-Deployment-Id").orElseThrow();
    }

    @Test
    void anAppRunsIsScaledReplacedRestartedAndDeleted() throws Exception {
        try (EventReader events = new EventReader(http, base)) {
            String created = deployment(call(
                    "POST",
                    "/v2/apps",
                    "{\"id\":\"/web\",\"cmd\":\"sleep 300\",\"cpus\":0.1,\"mem\":16,\"instances\":2,"
                            + "\"labels\":{\"Tier\":\"ä \\u0000 x\"},\"upgradeStrategy\":{\"minimumHealthCapacity\":0.5,\"maximumOverCapacity\":0}}"
                                    .replace("\\u0000", "%")));
            events.awaitDeployment(created);
            JsonNode app = get("/v2/apps//web").path("app");
            assertThat(app.path("tasksRunning").asInt()).isEqualTo(2);
            assertThat(app.path("labels").path("Tier").asString()).isEqualTo("ä % x");
            assertThat(app.path("portDefinitions").get(0).path("port").asInt()).isEqualTo(10_000);
            assertThat(app.path("tasks").get(0).path("ports").get(0).asInt()).isBetween(31_000, 32_000);

            events.awaitDeployment(deployment(call("PUT", "/v2/apps/web", "{\"instances\":4}")));
            assertThat(get("/v2/apps/web/tasks").path("tasks").size()).isEqualTo(4);

            List<String> before = ids();
            String failed = before.getFirst();
            master.end(failed, TaskState.TASK_FAILED);
            events.await(event -> event.path("taskStatus").asString().equals("TASK_FAILED"));
            events.await(event -> event.path("taskStatus").asString().equals("TASK_RUNNING")
                    && event.path("taskId").asString().endsWith("._app.2"));
            assertThat(get("/v2/apps/web")
                            .path("app")
                            .path("lastTaskFailure")
                            .path("taskId")
                            .asString())
                    .isEqualTo(failed);

            events.awaitDeployment(deployment(call("POST", "/v2/apps/web/restart", "")));
            assertThat(ids()).hasSize(4).doesNotContainAnyElementsOf(before);

            events.awaitDeployment(deployment(call("PUT", "/v2/apps/web", "{\"cmd\":\"sleep 301\"}")));
            assertThat(master.tasks())
                    .hasSize(4)
                    .allMatch(task -> "sleep 301".equals(task.command().value()));

            String scaled = deployment(call("DELETE", "/v2/apps/web/tasks/" + ids().getFirst() + "?scale=true", ""));
            events.awaitDeployment(scaled);
            assertThat(get("/v2/apps/web").path("app").path("instances").asInt())
                    .isEqualTo(3);

            assertThat(get("/v2/apps/web/versions").path("versions").size()).isEqualTo(5);
            events.awaitDeployment(deployment(call("DELETE", "/v2/apps/web", "")));
            assertThat(call("GET", "/v2/apps/web", "").statusCode()).isEqualTo(404);
            assertThat(master.tasks()).isEmpty();
        }
    }

    private static List<String> ids() {
        return master.tasks().stream()
                .map(TaskInfo::taskId)
                .map(id -> id.value())
                .toList();
    }

    @Test
    void anAppThatFitsNowhereSaysWhyAndItsDeploymentCanBeRolledBack() throws Exception {
        try (EventReader events = new EventReader(http, base)) {
            String deployment =
                    deployment(call("POST", "/v2/apps", "{\"id\":\"/huge\",\"cmd\":\"sleep 1\",\"cpus\":1000}"));
            JsonNode listed = get("/v2/deployments");
            assertThat(listed.findValuesAsString("id")).contains(deployment);
            assertThat(call("PUT", "/v2/apps/huge", "{\"cpus\":900}").statusCode())
                    .isEqualTo(409);
            JsonNode queue =
                    get("/v2/queue?embed=lastUnusedOffers").path("queue").get(0);
            assertThat(queue.path("app").path("id").asString()).isEqualTo("/huge");
            assertThat(queue.path("delay").path("overdue").asBoolean()).isTrue();

            HttpResponse<String> rolledBack = call("DELETE", "/v2/deployments/" + deployment, "");
            events.awaitDeployment(deployment(rolledBack));
            assertThat(call("GET", "/v2/apps/huge", "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void refusalsLookLikeTheOriginals() throws Exception {
        assertThat(call("POST", "/v2/apps", "{bad").statusCode()).isEqualTo(400);
        assertThat(call("POST", "/v2/apps", "").body()).contains("Please specify data in JSON format");
        HttpResponse<String> noCommand = call("POST", "/v2/apps", "{\"id\":\"/g/bad\"}");
        assertThat(noCommand.statusCode()).isEqualTo(422);
        assertThat(noCommand.body())
                .isEqualTo(
                        "{\"message\":\"Object is not valid\",\"details\":[{\"path\":\"/\",\"errors\":[\"AppDefinition"
                                + " must either contain one of 'cmd' or 'args', and/or a 'container'.\"]}]}");
        assertThat(call("POST", "/v2/apps", "{}").body())
                .isEqualTo(
                        "{\"message\":\"Invalid JSON\",\"details\":[{\"path\":\"/id\",\"errors\":[\"'id' is undefined"
                                + " on object: {}\"]}]}");
        assertThat(call("GET", "/v2/apps/none", "").body())
                .isEqualTo("{\"message\":\"App '/none' does not exist\",\"details\":[]}");
        assertThat(call("DELETE", "/v2/apps/none", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/v2/nosuch", "").statusCode()).isEqualTo(404);
        assertThat(call("GET", "/v2/apps?label=(((", "").statusCode()).isEqualTo(422);
        assertThat(call("DELETE", "/v2/deployments/bogus", "").statusCode()).isEqualTo(404);
    }

    @Test
    void itTellsWhoItIs() throws Exception {
        assertThat(call("GET", "/ping", "").body()).isEqualTo("\"pong\"");
        JsonNode info = get("/v2/info");
        assertThat(info.path("elected").asBoolean()).isTrue();
        assertThat(info.path("frameworkId").asString()).isEqualTo("framework-1");
        assertThat(get("/v2/leader").path("leader").asString()).isEqualTo(base.getAuthority());
        assertThat(call("GET", "/v2/apps", "").headers().firstValue("X-Marathon-Leader"))
                .hasValue(base.toString());
    }

    @Test
    void aStandbyHandsRequestsOn() throws Exception {
        int port = freePort();
        try (ConfigurableApplicationContext standby = launch(port)) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/info"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).path("leader").asString()).isEqualTo(base.getAuthority());
            assertThat(answer.headers().firstValue("X-Marathon-Leader")).hasValue(base.toString());
        }
    }

    @Test
    void abdicatingEndsTheProcess() throws Exception {
        assertThat(call("DELETE", "/v2/leader", "").statusCode()).isEqualTo(200);
        assertThat(exits.poll(10, TimeUnit.SECONDS)).isEqualTo("Leadership abdicated");
    }
}
