package org.nucleus.agent.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.agent.RunningAgent;
import org.nucleus.resources.Resources;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Response;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.ProtobufCodec;

/** The calls of {@code /api/v1} that answer once, against a whole agent with one running and one finished task. */
class OperatorApiTest {
    @TempDir
    static Path workDir;

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path log = Files.writeString(workDir.resolve("agent.log"), "a line\n");
        agent = new RunningAgent(
                workDir.resolve("work"),
                "--external_log_file=" + log,
                "--resource_estimator=org_apache_mesos_FixedResourceEstimator",
                "--modules={\"libraries\":[{\"modules\":[{\"name\":\"org_apache_mesos_FixedResourceEstimator\","
                        + "\"parameters\":[{\"key\":\"resources\",\"value\":\"cpus:14\"}]}]}]}");
        agent.run("sleeper", "echo up; exec sleep 600");
        agent.acknowledge("sleeper", TaskState.TASK_RUNNING);
        agent.run("done", "true");
        agent.acknowledge("done", TaskState.TASK_FINISHED);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        agent.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    GET_HEALTH | "healthy":true
                    GET_FLAGS | "name":"work_dir"
                    GET_VERSION | "version":"1.11.0"
                    GET_LOGGING_LEVEL | "level":0
                    GET_STATE | "launched_tasks":[{"name":"sleeper"
                    GET_TASKS | "completed_tasks":[{"name":"done"
                    GET_EXECUTORS | "name":"Command Executor (Task: sleeper)"
                    GET_FRAMEWORKS | "frameworks":[{"framework_info":{
                    GET_AGENT | "id":{"value":"m-S0"}
                    GET_CONTAINERS | "executor_id":{"value":"sleeper"}
                    GET_OPERATIONS | "type":"GET_OPERATIONS"
                    GET_RESOURCE_PROVIDERS | "get_resource_providers":{}
                    """)
    void answersWhatChangesNothing(String type, String part) throws IOException, InterruptedException {
        HttpResponse<String> answer = agent.call("{\"type\":\"" + type + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"type\":\"" + type + "\"").contains(part);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {} | 400 | Failed to validate agent::Call: Expecting 'type' to be present
                    {"type":"GET_METRICS"} | 400 | Failed to validate agent::Call: Expecting 'get_metrics' to be present
                    {"type":"READ_FILE"} | 400 | Failed to validate agent::Call: Expecting 'read_file' to be present
                    {"type":"READ_FILE","read_file":{"path":"/nowhere","offset":0}} | 404 |
                    {"type":"LIST_FILES","list_files":{"path":"/nowhere"}} | 404 |
                    {"type":"PRUNE_IMAGES"} | 501 | This agent keeps no images
                    {"type":"MARK_RESOURCE_PROVIDER_GONE"} | 501 | Resource providers are not supported
                    {"type":"WAIT_CONTAINER","wait_container":{"container_id":{"value":"x"}}} | 404 | Container x cannot be found
                    {"type":"KILL_CONTAINER","kill_container":{"container_id":{"value":"x"}}} | 404 | Container x cannot be found
                    {"type":"KILL_CONTAINER","kill_container":{"container_id":{"value":"../x"}}} | 400 | invalid characters
                    {"type":"REMOVE_CONTAINER","remove_container":{"container_id":{"value":"x"}}} | 200 |
                    {"type":"WAIT_NESTED_CONTAINER","wait_nested_container":{"container_id":{"value":"x"}}} | 400 | 'wait_nested_container.container_id.parent' to be present
                    {"type":"ATTACH_CONTAINER_INPUT","attach_container_input":{}} | 400 | Expecting a stream
                    """)
    void refusesWithTheOriginalsStatus(String call, int status, String part) throws IOException, InterruptedException {
        HttpResponse<String> answer = agent.call(call);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(part == null ? "" : part);
    }

    @Test
    void checksMethodTypeAndAcceptInOrder() throws IOException, InterruptedException {
        assertThat(agent.get("/api/v1").statusCode()).isEqualTo(405);
        assertThat(post("text/plain", "*/*").statusCode()).isEqualTo(415);
        assertThat(post("application/json", "text/html").statusCode()).isEqualTo(406);
        assertThat(agent.call("{").statusCode()).isEqualTo(400);
    }

    @Test
    void answersInProtobufToo() throws IOException, InterruptedException {
        byte[] call = ProtobufCodec.v1()
                .encode(Call.builder().type(Call.Type.GET_TASKS).build());
        HttpRequest request = HttpRequest.newBuilder(agent.at("/slave(1)/api/v1"))
                .header("Content-Type", "application/x-protobuf")
                .header("Accept", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(call))
                .build();
        HttpResponse<byte[]> answer = agent.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-protobuf");
        Response response = ProtobufCodec.v1().decode(answer.body(), Response.class);
        assertThat(response.getTasks().launchedTasks()).hasSize(1);
    }

    @Test
    void measuresContainersInTheOriginalsWords() throws IOException, InterruptedException {
        Response answer = ask("{\"type\":\"GET_CONTAINERS\"}");
        assertThat(answer.getContainers().containers()).singleElement().satisfies(container -> {
            assertThat(container.resourceStatistics().processes()).isPositive();
            assertThat(container.resourceStatistics().memRssBytes()).isPositive();
        });
    }

    @Test
    void readsAndListsSandboxesAndTheLog() throws IOException, InterruptedException {
        String sandbox = "/frameworks/F/executors/sleeper/runs/latest";
        Response list = ask("{\"type\":\"LIST_FILES\",\"list_files\":{\"path\":\"" + sandbox + "\"}}");
        assertThat(list.listFiles().fileInfos())
                .extracting(file -> file.path())
                .contains(sandbox + "/stdout", sandbox + "/stderr");
        assertThat(list.listFiles().fileInfos())
                .allSatisfy(file -> assertThat(file.mode() & 0100000).isNotZero());
        Response read = ask("{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"" + sandbox
                + "/stdout\",\"offset\":1,\"length\":1}}");
        assertThat(read.readFile().size()).isEqualTo(3);
        assertThat(new String(read.readFile().data().toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("p");
        Response log = ask("{\"type\":\"READ_FILE\",\"read_file\":{\"path\":\"/slave/log\",\"offset\":0}}");
        assertThat(log.readFile().size()).isEqualTo(7);
    }

    @Test
    void whatIsOfferedBeyondWhatThereIsIsRevocable() throws IOException, InterruptedException {
        assertThat(agent.get("/state").body()).contains("\"cpus_revocable\":14.0");
        assertThat(agent.get("/metrics/snapshot").body()).contains("\"slave/cpus_revocable_total\":14.0");
        Resources known = Resources.of(
                ask("{\"type\":\"GET_AGENT\"}").getAgent().agentInfo().resources());
        assertThat(known.revocable().thousandths("cpus")).isEqualTo(14_000);
    }

    @Test
    void pagesOfAnotherOriginGetAScript() throws IOException, InterruptedException {
        HttpResponse<String> script = agent.get("/slave(1)/files/read?path=/slave/log&offset=0&jsonp=show.me");

        assertThat(script.body()).isEqualTo("show.me({\"data\":\"a line\\n\",\"offset\":0});");
        assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript");
        assertThat(agent.get("/state?jsonp=show").body()).startsWith("show({").endsWith("});");
        HttpResponse<String> refused = agent.get("/flags?jsonp=alert(1)//");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("The callback is not a name.");
    }

    @Test
    void raisesTheLoggingLevelForAWhile() throws IOException, InterruptedException {
        HttpResponse<String> set = agent.call(
                "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":1,\"duration\":{\"nanoseconds\":60000000000}}}");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(ask("{\"type\":\"GET_LOGGING_LEVEL\"}").getLoggingLevel().level())
                .isEqualTo(1);
        agent.call(
                "{\"type\":\"SET_LOGGING_LEVEL\",\"set_logging_level\":{\"level\":0,\"duration\":{\"nanoseconds\":1}}}");
        assertThat(ask("{\"type\":\"GET_LOGGING_LEVEL\"}").getLoggingLevel().level())
                .isZero();
    }

    @Test
    void metricsAreThoseOfTheSnapshot() throws IOException, InterruptedException {
        Response answer = ask("{\"type\":\"GET_METRICS\",\"get_metrics\":{}}");
        assertThat(answer.getMetrics().metrics())
                .anySatisfy(metric -> assertThat(metric.name()).isEqualTo("slave/tasks_running"));
    }

    private static Response ask(String call) throws IOException, InterruptedException {
        HttpResponse<String> answer = agent.call(call);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonCodec.v1().decode(answer.body().getBytes(StandardCharsets.UTF_8), Response.class);
    }

    private static HttpResponse<String> post(String contentType, String accept)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(agent.at("/api/v1"))
                .header("Content-Type", contentType)
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"GET_HEALTH\"}"))
                .build();
        return agent.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
