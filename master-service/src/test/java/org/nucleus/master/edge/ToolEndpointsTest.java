package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;
import tools.jackson.databind.JsonNode;

/** The endpoints that exporters, generators and command-line tools read, besides the cluster's state. */
@Timeout(120)
class ToolEndpointsTest {
    @TempDir
    private static Path directory;

    private static Path log;
    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        log = Files.writeString(directory.resolve("master.log"), "a line\n").toRealPath();
        master = RunningMaster.start(TestDatabase.fresh(), "--weights=web=2.5", "--external_log_file=" + log)
                .awaitLeader();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void rolesShowWhatTheyHave() throws Exception {
        try (Peer<AgentEvent> agent = MasterEdgeTest.agent(master, "a1");
                Peer<Event> framework = MasterEdgeTest.framework(master, "runner", null)) {
            framework.next(event -> event.type() == Event.Type.OFFERS);

            JsonNode any = MasterEdgeTest.await(
                            "/roles",
                            json -> json.path("roles")
                                            .path(0)
                                            .path("offered")
                                            .path("cpus")
                                            .asDouble()
                                    == 4.0,
                            master)
                    .path("roles")
                    .path(0);
            assertThat(any.path("name").asString()).isEqualTo("*");
            assertThat(any.path("weight").asDouble()).isEqualTo(1.0);
            assertThat(any.path("resources").path("ports").asString()).isEqualTo("[31000-32000]");
            assertThat(any.path("frameworks").size()).isEqualTo(1);
            assertThat(any.path("quota").path("consumed").path("cpus").asDouble())
                    .isZero();

            JsonNode metrics = master.json("/metrics/snapshot");
            assertThat(metrics.path("allocator/mesos/allocation_runs").asDouble())
                    .isPositive();
            assertThat(metrics.path("allocator/mesos/allocation_run_ms").asDouble())
                    .isPositive();
            assertThat(metrics.path("allocator/mesos/allocation_run_ms/p99").asDouble())
                    .isPositive();
            assertThat(metrics.path("registrar/state_fetch_ms").asDouble()).isPositive();
            assertThat(metrics.path("registrar/state_store_ms/count").asDouble())
                    .isPositive();
        }
    }

    @Test
    void weightsAreAnArray() throws Exception {
        assertThat(master.get("/weights?jsonp=show").body()).isEqualTo("show([{\"role\":\"web\",\"weight\":2.5}]);");
    }

    @Test
    void theMachineIsMeasured() throws Exception {
        assertThat(master.json("/system/stats.json").path("mem_total_bytes").asDouble())
                .isPositive();
    }

    @Test
    void moreIsLoggedForAWhile() throws Exception {
        assertThat(master.get("/logging/toggle").body()).isEqualTo("0\n");
        assertThat(master.get("/logging/toggle?level=1").statusCode()).isEqualTo(400);
        assertThat(master.get("/logging/toggle?level=-1&duration=1secs").statusCode())
                .isEqualTo(400);
        assertThat(master.get("/logging/toggle?level=1&duration=ages").statusCode())
                .isEqualTo(400);
        assertThat(master.get("/logging/toggle?level=1&duration=1hrs").statusCode())
                .isEqualTo(200);
        assertThat(master.get("/logging/toggle").body()).isEqualTo("1\n");
        assertThat(master.get("/logging/toggle?level=0&duration=0secs").statusCode())
                .isEqualTo(200);
    }

    @Test
    void wholeAnswersAreCompressedForThoseWhoAsk() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(master.uri("/metrics/snapshot"))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
            try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("{\"master/elected\":");
            }
        }
        assertThat(master.get("/metrics/snapshot").headers().firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void theLogIsReadByItsVirtualPath() throws Exception {
        assertThat(master.get("/files/read?path=/master/log&offset=2&length=4").body())
                .isEqualTo("{\"data\":\"line\",\"offset\":2}");
        assertThat(master.get("/files/read?path=/master/log&jsonp=show").body())
                .isEqualTo("show({\"data\":\"\",\"offset\":7});");
        assertThat(master.get("/files/download?path=/master/log").body()).isEqualTo("a line\n");
        assertThat(master.get("/files/browse?path=/master/log").body()).isEqualTo("[]");
        assertThat(master.json("/files/debug").path("/master/log").asString()).isEqualTo(log.toString());
        assertThat(master.json("/state").path("external_log_file").asString()).isEqualTo(log.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/files/browse, 400",
        "/files/read?path=, 400",
        "/files/read?path=/master/log&offset=x, 400",
        "/files/read?path=/master/log/x, 404",
        "/files/download?path=/etc/passwd, 404",
        "/files/browse?path=/master/log&jsonp=alert(1), 400"
    })
    void wrongAndMissingFilesAreToldApart(String path, int status) throws Exception {
        assertThat(master.get(path).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/help", "/help/master/state"})
    void helpNamesThePaths(String path) throws Exception {
        assertThat(master.get(path).body()).contains("/state-summary", "/files/read", "/maintenance/schedule");
    }
}
