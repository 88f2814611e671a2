package org.nucleus.marathon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.service.test.TestZooKeeper;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the original hasn't got, over HTTP: users with rights, an audit, replayed events, revisions of groups, reasons. */
@Timeout(120)
class BeyondTheOriginalTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final String USERS = """
            {"users": [
              {"name": "root", "password": "r", "rights": [{"group": "/", "may": "change"}]},
              {"name": "dev", "password": "d", "rights": [{"group": "/dev", "may": "change"}]},
              {"name": "eve", "password": "e", "rights": [{"group": "/dev", "may": "view"}]}]}
            """;
    private static TestZooKeeper zooKeeper;
    private static FakeMaster master;
    private static ConfigurableApplicationContext service;
    private static URI base;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        zooKeeper = TestZooKeeper.start();
        master = new FakeMaster(1);
        Path users = Files.writeString(folder.resolve("users.json"), USERS);
        int port = MarathonServiceTest.freePort();
        base = URI.create("http://127.0.0.1:" + port);
        List<String> flags = new ArrayList<>(TestDatabase.fresh().flags());
        flags.addAll(List.of(
                "--master=" + master.address(),
                "--zk=" + zooKeeper.url(),
                "--hostname=127.0.0.1",
                "--http_address=127.0.0.1",
                "--users_file=" + users,
                "--http_port=" + port));
        service = Launch.start(
                MarathonApplication.class,
                "marathon",
                "MARATHON_",
                Surroundings.hosted((code, reason) -> {}),
                flags.toArray(String[]::new));
        master.awaitSubscription();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        master.close();
        zooKeeper.close();
        http.close();
    }

    private static HttpRequest.Builder request(String user, String path) {
        String pair = user + ":" + user.charAt(0);
        return HttpRequest.newBuilder(base.resolve(path))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> call(String user, String method, String path, String body) throws Exception {
        return http.send(
                request(user, path)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode get(String user, String path) throws Exception {
        HttpResponse<String> answer = call(user, "GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String app(String id, String rest) {
        return "{\"id\":\"" + id + "\",\"cmd\":\"sleep 300\",\"cpus\":0.1,\"mem\":16,\"instances\":0" + rest + "}";
    }

    @Test
    void usersSeeAndChangeTheirGroupsAlone() throws Exception {
        assertThat(call("dev", "POST", "/v2/apps", app("/dev/mine", "")).statusCode())
                .isEqualTo(201);
        assertThat(call("root", "POST", "/v2/apps", app("/ops/theirs", "")).statusCode())
                .isEqualTo(201);

        assertThat(call("dev", "PUT", "/v2/apps/ops/theirs", "{\"instances\":1}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("eve", "DELETE", "/v2/apps/dev/mine", "").statusCode()).isEqualTo(403);
        assertThat(call("dev", "GET", "/v2/apps/ops/theirs", "").statusCode()).isEqualTo(403);
        assertThat(get("eve", "/v2/apps")
                        .path("apps")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .contains("/dev/mine")
                .doesNotContain("/ops/theirs");
        assertThat(get("eve", "/v2/groups").toString()).doesNotContain("theirs");
        assertThat(call("dev", "GET", "/v2/audit", "").statusCode()).isEqualTo(403);
    }

    @Test
    void whoDidWhatIsKept() throws Exception {
        call("dev", "POST", "/v2/apps", app("/dev/kept", ""));
        call("dev", "DELETE", "/v2/apps/dev/kept", "");
        JsonNode audit = get("root", "/v2/audit").path("audit");
        assertThat(audit.valueStream()
                        .filter(one -> one.toString().contains("/dev/kept"))
                        .map(one -> one.path("user").asString() + " "
                                + one.path("subjects").path(0).asString()))
                .containsExactly("dev remove /dev/kept", "dev put /dev/kept");
    }

    @Test
    void whoComesBackHearsWhatItMissed() throws Exception {
        call("root", "POST", "/v2/apps", app("/heard", ""));
        List<String> all = events("0", "", 3);
        String first =
                all.stream().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow();
        List<String> rest = events(first.substring(4), "", 2);
        assertThat(rest).doesNotContain(first);

        List<String> onlyOne = events("0", "?app=/heard&event_type=api_post_event", 1);
        assertThat(onlyOne).filteredOn(line -> line.startsWith("event: ")).containsOnly("event: api_post_event");
        assertThat(onlyOne).filteredOn(line -> line.startsWith("data: ")).allMatch(line -> line.contains("/heard"));
    }

    private static List<String> events(String last, String query, int atLeast) throws Exception {
        var answer = http.send(
                request("root", "/v2/events" + query)
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", last)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        List<String> lines = new ArrayList<>();
        try (var reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            int events = 0;
            while (events < atLeast) {
                String line = reader.readLine();
                lines.add(line);
                events += line.startsWith("data: ") ? 1 : 0;
            }
        }
        return lines;
    }

    @Test
    void aGroupGoesBackToAnEarlierVersion() throws Exception {
        call(
                "root",
                "PUT",
                "/v2/groups",
                "{\"id\":\"/tree\",\"apps\":[" + app("one", "") + "," + app("two", "") + "]}");
        String version = get("root", "/v2/groups/tree/versions").path(0).asString();
        call("root", "PUT", "/v2/groups/tree", "{\"apps\":[" + app("one", ",\"labels\":{\"a\":\"b\"}") + "]}");
        assertThat(call("root", "GET", "/v2/apps/tree/two", "").statusCode()).isEqualTo(404);
        assertThat(get("root", "/v2/groups/tree/versions/" + version)
                        .path("apps")
                        .size())
                .isEqualTo(2);

        HttpResponse<String> back =
                call("root", "PUT", "/v2/groups/tree?force=true", "{\"version\":\"" + version + "\"}");
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(call("root", "GET", "/v2/apps/tree/two", "").statusCode()).isEqualTo(200);
        assertThat(get("root", "/v2/apps/tree/one").path("app").path("labels").isEmpty())
                .isTrue();
    }

    @Test
    void whyAnAppWaitsIsSaidInWords() throws Exception {
        call(
                "root",
                "POST",
                "/v2/apps",
                app("/huge", "").replace("0.1", "1000").replace("instances\":0", "instances\":1"));
        JsonNode waiting = get("root", "/v2/queue").path("queue");
        String explanation = "";
        for (JsonNode one : waiting) {
            explanation = one.path("app").path("id").asString().equals("/huge")
                    ? one.path("explanation").asString()
                    : explanation;
        }
        assertThat(explanation).isNotEmpty();
        call("root", "DELETE", "/v2/apps/huge", "");
    }

    @Test
    void enforcedRolesAreThoseOfTheGroup() throws Exception {
        call("root", "PUT", "/v2/groups", "{\"id\":\"/team\"}");
        assertThat(call("root", "PATCH", "/v2/groups/team", "{\"enforceRole\":true}")
                        .statusCode())
                .isEqualTo(200);
        call("root", "POST", "/v2/apps", app("/team/web", ""));
        assertThat(get("root", "/v2/apps/team/web").path("app").path("role").asString())
                .isEqualTo("team");
        assertThat(call("root", "POST", "/v2/apps", app("/team/other", ",\"role\":\"*\""))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void figuresComeInTheOriginalsForm() throws Exception {
        JsonNode metrics = get("root", "/metrics");
        assertThat(metrics.path("gauges")
                        .path("marathon.apps.active.gauge")
                        .path("value")
                        .isNumber())
                .isTrue();
        assertThat(metrics.has("counters")).isTrue();
        assertThat(get("root", "/logging").isEmpty()).isFalse();
    }
}
