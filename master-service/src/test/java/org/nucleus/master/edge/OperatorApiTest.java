package org.nucleus.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.service.test.TestDatabase;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.master.Call;
import org.nucleus.wire.master.Event;
import org.nucleus.wire.master.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator API of a single master. */
@Timeout(120)
class OperatorApiTest {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String READ_LOG =
            "{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"/master/log\",\"offset\":2,\"length\":4}}";

    @TempDir
    private static Path logs;

    private static RunningMaster master;

    @BeforeAll
    static void start() throws Exception {
        Path log = Files.writeString(logs.resolve("master.log"), "a line\n");
        master = RunningMaster.start(TestDatabase.fresh(), "--weights=web=2.5", "--external_log_file=" + log)
                .awaitLeader();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void refusalsComeInTheOrderOfTheOriginal() throws Exception {
        assertThat(master.get("/api/v1").statusCode()).isEqualTo(405);
        assertThat(post("{}").body()).isEqualTo("Expecting 'Content-Type' to be present");
        assertThat(post("{", "Content-Type", JSON).statusCode()).isEqualTo(400);
        assertThat(post("{}", "Content-Type", "text/plain").statusCode()).isEqualTo(415);
        assertThat(post("{}", "Content-Type", JSON).body())
                .isEqualTo("Failed to validate master::Call: Expecting 'type' to be present");
        assertThat(post("{\"type\":\"TEARDOWN\"}", "Content-Type", JSON).body())
                .isEqualTo("Failed to validate master::Call: Expecting 'teardown' to be present");
        assertThat(post("{\"type\":\"GET_HEALTH\"}", "Content-Type", JSON, "Accept", "text/html")
                        .statusCode())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1", "/api/v1/", "/api/v1/operator", "/master/api/v1", "/master/api/v1/operator"})
    void theLongestPrefixAnswers(String path) throws Exception {
        HttpResponse<String> response = master.send(HttpRequest.newBuilder(master.uri(path))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"GET_HEALTH\"}"))
                .build());

        assertThat(response.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(response.body()).isEqualTo("{\"type\":\"GET_HEALTH\",\"get_health\":{\"healthy\":true}}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET_FLAGS, get_flags, flags",
        "GET_VERSION, get_version, version_info",
        "GET_LOGGING_LEVEL, get_logging_level, level",
        "GET_MASTER, get_master, master_info",
        "GET_WEIGHTS, get_weights, weight_infos",
        "GET_ROLES, get_roles, roles"
    })
    void questionsAreAnswered(String type, String part, String field) throws Exception {
        JsonNode answer = ask("{\"type\":\"" + type + "\"}");

        assertThat(answer.path("type").asString()).isEqualTo(type);
        assertThat(answer.path(part).has(field)).isTrue();
    }

    @Test
    void whatIsNotServedSaysSo() throws Exception {
        HttpResponse<String> response = post("{\"type\":\"UNKNOWN\"}", "Content-Type", JSON);

        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(response.body()).isEqualTo("The call UNKNOWN is not served by Nucleus.");
    }

    @Test
    void theLogIsReadByItsVirtualPath() throws Exception {
        JsonNode read = ask(READ_LOG).path("read_file");
        assertThat(read.path("size").asInt()).isEqualTo(7);
        assertThat(new String(Base64.getDecoder().decode(read.path("data").asString())))
                .isEqualTo("line");
        assertThat(ask("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"/master/log\"}}")
                        .path("list_files")
                        .path("file_infos")
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"type":"READ_FILE"} | 400
                    {"type":"READ_FILE","read_file":{"path":"/etc/passwd","offset":0}} | 404
                    {"type":"LIST_FILES"} | 400
                    {"type":"LIST_FILES","list_files":{"path":"/master"}} | 404
                    """)
    void filesThatAreNotShownAreRefused(String call, int status) throws Exception {
        assertThat(post(call, "Content-Type", JSON).statusCode()).isEqualTo(status);
    }

    @Test
    void protobufIsSpokenWithThoseWhoSpeakIt() throws Exception {
        Call call = Call.builder().type(Call.Type.GET_VERSION).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = http.send(
                    HttpRequest.newBuilder(master.uri("/api/v1"))
                            .headers("Content-Type", PROTOBUF, "Accept", PROTOBUF)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    ProtobufCodec.v1().encode(call)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());

            assertThat(response.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
            Response answer = ProtobufCodec.v1().decode(response.body(), Response.class);
            assertThat(answer.getVersion().versionInfo().version()).isEqualTo("1.11.0");
        }
    }

    @Test
    void aWatcherSeesATaskComeAndGo() throws Exception {
        try (Watching watching = new Watching("Accept-Encoding", "gzip");
                Peer<AgentEvent> agent = MasterEdgeTest.agent(master, "watched")) {
            assertThat(watching.first().subscribed().heartbeatIntervalSeconds()).isEqualTo(15.0);
            assertThat(watching.read().type()).isEqualTo(Event.Type.HEARTBEAT);
            var added = watching.next(event -> event.type() == Event.Type.AGENT_ADDED)
                    .agentAdded()
                    .agent();
            assertThat(added.agentInfo().hostname()).isEqualTo("watched");
            assertThat(added.pid()).isEqualTo("slave(1)@127.0.0.1:5051");
            try (Peer<org.nucleus.wire.scheduler.Event> framework = MasterEdgeTest.framework(master, "watched", null)) {
                FrameworkId id =
                        runs(framework, Objects.requireNonNull(added.agentInfo().id()));
                watching.next(event -> event.type() == Event.Type.FRAMEWORK_ADDED);
                var task = watching.next(event -> event.type() == Event.Type.TASK_ADDED)
                        .taskAdded()
                        .task();
                assertThat(task.state()).isEqualTo(TaskState.TASK_STAGING);
                assertCluster(id);

                assertThat(teardown(id)).isEqualTo(200);
            }
            var updated = watching.next(event -> event.type() == Event.Type.TASK_UPDATED)
                    .taskUpdated();
            assertThat(updated.state()).isEqualTo(TaskState.TASK_KILLED);
            watching.next(event -> event.type() == Event.Type.FRAMEWORK_REMOVED);
            AgentId gone = Objects.requireNonNull(added.agentInfo().id());
            String markGone = "{\"type\":\"MARK_AGENT_GONE\",\"mark_agent_gone\":{\"agent_id\":{\"value\":\""
                    + gone.value() + "\"}}}";
            assertThat(post(markGone, "Content-Type", JSON).statusCode()).isEqualTo(200);
            assertThat(watching.next(event -> event.type() == Event.Type.AGENT_REMOVED)
                            .agentRemoved()
                            .agentId())
                    .isEqualTo(gone);
            assertThat(post(markGone, "Content-Type", JSON).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whoIsNotThereCannotBeEnded() throws Exception {
        assertThat(teardown(new FrameworkId("nobody"))).isEqualTo(400);
        assertThat(post(
                                "{\"type\":\"MARK_AGENT_GONE\",\"mark_agent_gone\":{\"agent_id\":{\"value\":\"nobody\"}}}",
                                "Content-Type",
                                JSON)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void moreIsLoggedForAWhile() throws Exception {
        assertThat(raise(2, 3_600)).isEqualTo(200);
        assertThat(ask("{\"type\":\"GET_LOGGING_LEVEL\"}")
                        .path("get_logging_level")
                        .path("level")
                        .asInt())
                .isEqualTo(2);
        assertThat(raise(0, 0)).isEqualTo(200);
        assertThat(ask("{\"type\":\"GET_LOGGING_LEVEL\"}")
                        .path("get_logging_level")
                        .path("level")
                        .asInt())
                .isZero();
    }

    @Test
    void onlyWhatMayBeSeenIsShown(@TempDir Path directory) throws Exception {
        Path credentials = Files.writeString(directory.resolve("credentials"), "ann secret\nbob secret\n");
        String acls = "{\"view_frameworks\":[{\"principals\":{\"values\":[\"bob\"]},\"users\":{\"type\":\"NONE\"}}],"
                + "\"view_flags\":[{\"principals\":{\"values\":[\"bob\"]},\"flags\":{\"type\":\"NONE\"}}],"
                + "\"mark_agents_gone\":[{\"principals\":{\"values\":[\"bob\"]},\"agents\":{\"type\":\"NONE\"}}],"
                + "\"access_mesos_logs\":[{\"principals\":{\"values\":[\"bob\"]},\"logs\":{\"type\":\"NONE\"}}]}";
        try (RunningMaster closed = RunningMaster.start(
                                TestDatabase.fresh(),
                                "--credentials=file://" + credentials,
                                "--acls=" + acls,
                                "--external_log_file=" + credentials,
                                "--authenticate_http_readwrite")
                        .awaitLeader();
                Peer<org.nucleus.wire.scheduler.Event> framework = MasterEdgeTest.framework(closed, "seen", null)) {
            framework.next(event -> event.type() == org.nucleus.wire.scheduler.Event.Type.SUBSCRIBED);
            String frameworks = "{\"type\":\"GET_FRAMEWORKS\"}";
            HttpResponse<String> refused = as(closed, null, frameworks);
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"mesos-master-readwrite\"");
            assertThat(as(closed, "ann", frameworks).body()).contains("\"name\":\"seen\"");
            assertThat(as(closed, "bob", frameworks).body()).doesNotContain("\"name\":\"seen\"");
            assertThat(as(closed, "bob", "{\"type\":\"GET_FLAGS\"}").statusCode())
                    .isEqualTo(403);
            assertThat(as(closed, "ann", READ_LOG).statusCode()).isEqualTo(200);
            assertThat(as(closed, "bob", READ_LOG).statusCode()).isEqualTo(403);
            String gone = "{\"type\":\"MARK_AGENT_GONE\",\"mark_agent_gone\":{\"agent_id\":{\"value\":\"a\"}}}";
            assertThat(as(closed, "bob", gone).statusCode()).isEqualTo(403);
        }
    }

    private static FrameworkId runs(Peer<org.nucleus.wire.scheduler.Event> framework, AgentId on) throws Exception {
        FrameworkId id = framework
                .next(event -> event.type() == org.nucleus.wire.scheduler.Event.Type.SUBSCRIBED)
                .subscribed()
                .frameworkId();
        Offer offer =
                framework
                        .next(event -> event.type() == org.nucleus.wire.scheduler.Event.Type.OFFERS)
                        .offers()
                        .offers()
                        .stream()
                        .filter(each -> each.agentId().equals(on))
                        .findFirst()
                        .orElseThrow();
        assertThat(framework.send(MasterEdgeTest.accept(id, offer))).isEqualTo(202);
        return id;
    }

    private static void assertCluster(FrameworkId id) throws Exception {
        JsonNode state = ask("{\"type\":\"GET_STATE\"}").path("get_state");
        assertThat(state.path("get_tasks")
                        .path("tasks")
                        .path(0)
                        .path("task_id")
                        .path("value")
                        .asString())
                .isEqualTo("t1");
        assertThat(state.path("get_executors").isObject()).isTrue();
        assertThat(state.path("get_frameworks").path("frameworks").toString()).contains(id.value());
        JsonNode agent = state.path("get_agents").path("agents").path(0);
        assertThat(agent.path("active").asBoolean()).isTrue();
        assertThat(agent.path("allocated_resources").size()).isEqualTo(2);
        JsonNode roles = ask("{\"type\":\"GET_ROLES\"}").path("get_roles").path("roles");
        assertThat(roles.path(0).path("name").asString()).isEqualTo("*");
        assertThat(roles.path(0).path("frameworks").size()).isEqualTo(1);
        assertThat(roles.path(1).path("weight").asDouble()).isEqualTo(2.5);
        JsonNode metrics = ask("{\"type\":\"GET_METRICS\",\"get_metrics\":{}}")
                .path("get_metrics")
                .path("metrics");
        assertThat(metrics.toString()).contains("{\"name\":\"master/tasks_staging\",\"value\":1.0}");
    }

    private static int teardown(FrameworkId id) throws Exception {
        return post(
                        "{\"type\":\"TEARDOWN\",\"teardown\":{\"framework_id\":{\"value\":\"" + id.value() + "\"}}}",
                        "Content-Type",
                        JSON)
                .statusCode();
    }

    private static int raise(int level, long seconds) throws Exception {
        String body = "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":" + level
                + ",\"duration\":{\"nanoseconds\":" + seconds * 1_000_000_000L + "}}}";
        return post(body, "Content-Type", JSON).statusCode();
    }

    private static JsonNode ask(String body) throws Exception {
        HttpResponse<String> response = post(body, "Content-Type", JSON);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static HttpResponse<String> post(String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(master.uri("/api/v1")).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return master.send(request.build());
    }

    private static HttpResponse<String> as(RunningMaster to, @Nullable String principal, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.uri("/api/v1"))
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (principal != null) {
            String basic = Base64.getEncoder().encodeToString((principal + ":secret").getBytes());
            request.header("Authorization", "Basic " + basic);
        }
        return to.send(request.build());
    }

    /** A client that has subscribed to the master's events. */
    private static final class Watching implements AutoCloseable {
        private final HttpClient http = HttpClient.newHttpClient();
        private final InputStream stream;
        private final RecordIo.Reader records;

        Watching(String... headers) throws Exception {
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(master.uri("/api/v1"))
                            .header("Content-Type", JSON)
                            .headers(headers)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"SUBSCRIBE\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue(JSON);
            stream = response.body();
            records = new RecordIo.Reader(stream, 1 << 24);
        }

        Event first() throws Exception {
            Event event = read();
            assertThat(event.type()).isEqualTo(Event.Type.SUBSCRIBED);
            return event;
        }

        Event read() throws Exception {
            return JsonCodec.v1().decode(Objects.requireNonNull(records.next()), Event.class);
        }

        Event next(Predicate<Event> wanted) throws Exception {
            Event event = read();
            while (!wanted.test(event)) {
                event = read();
            }
            return event;
        }

        @Override
        public void close() throws Exception {
            stream.close();
            http.shutdownNow();
        }
    }
}
