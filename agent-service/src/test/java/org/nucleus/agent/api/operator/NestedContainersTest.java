package org.nucleus.agent.api.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.RunningAgent;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.agent.Call;
import org.nucleus.wire.agent.Call.AttachContainerInput;
import org.nucleus.wire.agent.ProcessIo;
import org.nucleus.wire.agent.Response;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;

/** Containers that are started through the API, with real processes. */
class NestedContainersTest {
    @TempDir
    static Path workDir;

    private static RunningAgent agent;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        agent = new RunningAgent(workDir, "--http_heartbeat_interval=200ms");
        agent.run("host", "exec sleep 600");
        agent.acknowledge("host", TaskState.TASK_RUNNING);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        agent.close();
    }

    @Test
    void aNestedContainerRunsInATasksSandboxUntilItIsRemoved() throws IOException, InterruptedException {
        String id = nested("helper");
        ok("LAUNCH_NESTED_CONTAINER", id + ",\"command\":{\"value\":\"echo hello; pwd; exit 3\"}");

        Response end = answer(ok("WAIT_NESTED_CONTAINER", id));
        assertThat(end.waitNestedContainer().exitStatus()).isEqualTo(3 << 8);
        String directory = "/frameworks/F/executors/host/runs/latest/containers/helper";
        assertThat(agent.get("/files/read?path=" + directory + "/stdout&offset=0")
                        .body())
                .contains("hello")
                .contains("containers/helper");
        assertThat(answer(ok("GET_CONTAINERS", "\"show_nested\":true"))
                        .getContainers()
                        .containers())
                .extracting(container -> container.containerId().value())
                .contains("helper");
        ok("REMOVE_NESTED_CONTAINER", id);
        assertThat(agent.get("/files/browse?path=" + directory).statusCode()).isEqualTo(404);
        assertThat(call("WAIT_NESTED_CONTAINER", id).statusCode()).isEqualTo(404);
    }

    @Test
    void launchingTheSameTwiceIsAcceptedAndDoesNothing() throws IOException, InterruptedException {
        String id = nested("twice");
        ok("LAUNCH_CONTAINER", id + ",\"command\":{\"value\":\"exec sleep 600\"}");
        assertThat(call("LAUNCH_CONTAINER", id + ",\"command\":{\"value\":\"true\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(call("REMOVE_CONTAINER", id).statusCode()).isEqualTo(400);
        ok("KILL_CONTAINER", id);
        Response end = answer(ok("WAIT_CONTAINER", id));
        assertThat(end.waitContainer().exitStatus()).isEqualTo(9);
    }

    @Test
    void aStandaloneContainerHasLimitsOfItsOwn() throws IOException, InterruptedException {
        String id = "\"container_id\":{\"value\":\"alone\"}";
        ok(
                "LAUNCH_CONTAINER",
                id + ",\"command\":{\"value\":\"exit 0\"},\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\","
                        + "\"scalar\":{\"value\":0.1}},{\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":32}}]");
        assertThat(answer(ok("WAIT_CONTAINER", id)).waitContainer().exitStatus())
                .isZero();
        ok("REMOVE_CONTAINER", id);
    }

    @Test
    void whatCannotBeDoneIsSaid() throws IOException, InterruptedException {
        String command = ",\"command\":{\"value\":\"true\"}";
        assertThat(call(
                                "LAUNCH_CONTAINER",
                                "\"container_id\":{\"value\":\"a\",\"parent\":{\"value\":\"nobody\"}}" + command)
                        .statusCode())
                .isEqualTo(404);
        assertThat(call("LAUNCH_CONTAINER", nested("image") + command + ",\"container\":{\"type\":\"DOCKER\"}")
                        .statusCode())
                .isEqualTo(501);
        assertThat(call("ATTACH_CONTAINER_OUTPUT", nested("nobody")).statusCode())
                .isEqualTo(404);
        HttpResponse<String> failed = call(
                "LAUNCH_CONTAINER",
                nested("nouris") + ",\"command\":{\"value\":\"true\",\"uris\":[{\"value\":\"/no/such/file\"}]}");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("there is no such file");
    }

    @Test
    void aSessionStreamsBothWaysAndEndsWithItsCommand() throws IOException, InterruptedException {
        String id = nested("session");
        RecordIo.Reader output = session(id, "cat; echo bye >&2");
        assertThat(attach(id, "line one\n", "")).isEqualTo(200);

        String[] heard = hear(output);
        assertThat(heard[0]).isEqualTo("line one\n");
        assertThat(heard[1]).isEqualTo("bye\n");
        assertThat(answer(ok("WAIT_CONTAINER", id)).waitContainer().exitStatus())
                .isZero();
    }

    @Test
    void anotherMayListenToASession() throws IOException, InterruptedException {
        String id = nested("watched");
        RecordIo.Reader first = session(id, "read go; echo gone");
        RecordIo.Reader second = stream("ATTACH_CONTAINER_OUTPUT", id);
        attach(id, "go\n", "");
        assertThat(hear(first)[0]).isEqualTo("gone\n");
        assertThat(hear(second)[0]).isEqualTo("gone\n");
    }

    @Test
    void aSessionDiesWithItsReader() throws IOException, InterruptedException {
        String id = nested("left");
        InputStream body = open("LAUNCH_NESTED_CONTAINER_SESSION", id + ",\"command\":{\"value\":\"exec sleep 600\"}");
        body.close();
        assertThat(answer(ok("WAIT_CONTAINER", id)).waitContainer().exitStatus())
                .isEqualTo(9);
    }

    private static String nested(String id) throws IOException, InterruptedException {
        return "\"container_id\":{\"value\":\"" + id + "\",\"parent\":{\"value\":\"" + hostContainer() + "\"}}";
    }

    private static String hostContainer() throws IOException, InterruptedException {
        return answer(ok("GET_CONTAINERS", ""))
                .getContainers()
                .containers()
                .getFirst()
                .containerId()
                .value();
    }

    private static RecordIo.Reader session(String id, String command) throws IOException, InterruptedException {
        return stream("LAUNCH_NESTED_CONTAINER_SESSION", id + ",\"command\":{\"value\":\"" + command + "\"}");
    }

    private static RecordIo.Reader stream(String type, String fields) throws IOException, InterruptedException {
        return new RecordIo.Reader(open(type, fields), 1 << 20);
    }

    private static InputStream open(String type, String fields) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(agent.at("/api/v1"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/recordio")
                .header("Message-Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(type, fields)))
                .build();
        HttpResponse<InputStream> answer = agent.send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Message-Content-Type")).hasValue("application/json");
        return answer.body();
    }

    /** What came until the stream's end: of standard output, and of standard error. */
    private static String[] hear(RecordIo.Reader records) throws IOException {
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        for (byte[] record = records.next(); record != null; record = records.next()) {
            ProcessIo io = JsonCodec.v1().decode(record, ProcessIo.class);
            if (io.data() != null) {
                String text = new String(io.data().data().toByteArray(), StandardCharsets.UTF_8);
                (io.data().type() == ProcessIo.Data.Type.STDOUT ? out : err).append(text);
            }
        }
        return new String[] {out.toString(), err.toString()};
    }

    /** @param parts what goes to the input, one record each */
    private static int attach(String id, String... parts) throws IOException, InterruptedException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.write(RecordIo.frame(("{\"type\":\"ATTACH_CONTAINER_INPUT\",\"attach_container_input\":{\"type\":"
                        + "\"CONTAINER_ID\"," + id + "}}")
                .getBytes(StandardCharsets.UTF_8)));
        for (String part : parts) {
            Bytes data = Bytes.of(part.getBytes(StandardCharsets.UTF_8));
            var io = new ProcessIo(ProcessIo.Type.DATA, new ProcessIo.Data(ProcessIo.Data.Type.STDIN, data), null);
            records.write(RecordIo.frame(JsonCodec.v1()
                    .encode(Call.builder()
                            .type(Call.Type.ATTACH_CONTAINER_INPUT)
                            .attachContainerInput(
                                    new AttachContainerInput(AttachContainerInput.Type.PROCESS_IO, null, io))
                            .build())));
        }
        HttpRequest request = HttpRequest.newBuilder(agent.at("/api/v1"))
                .header("Content-Type", "application/recordio")
                .header("Message-Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(records.toByteArray())))
                .build();
        HttpResponse<String> answer = agent.send(request, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode();
    }

    private static HttpResponse<String> ok(String type, String fields) throws IOException, InterruptedException {
        HttpResponse<String> answer = call(type, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> call(String type, String fields) throws IOException, InterruptedException {
        return agent.call(body(type, fields));
    }

    private static String body(String type, String fields) {
        return "{\"type\":\"" + type + "\",\"" + type.toLowerCase(Locale.ROOT) + "\":{" + fields + "}}";
    }

    private static Response answer(HttpResponse<String> answer) {
        return JsonCodec.v1().decode(answer.body().getBytes(StandardCharsets.UTF_8), Response.class);
    }
}
