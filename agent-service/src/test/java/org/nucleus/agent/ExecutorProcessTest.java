package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The executor API over HTTP, with an executor that is a process, and task groups with tasks that are. */
class ExecutorProcessTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("F");
    private static final ExecutorId ID = new ExecutorId("echo");

    @TempDir
    Path workDir;

    private final HttpClient http = HttpClient.newHttpClient();
    private FakeMaster master;
    private ConfigurableApplicationContext agent;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        master = new FakeMaster(0, 1);
        agent = startAgent(0);
        master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE);
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.getBean(TaskShutdown.class).killAll(Duration.ofSeconds(20));
        agent.close();
        master.close();
    }

    @Test
    void anExecutorRunsTasksEchoesMessagesAndSurvivesTheAgent() throws IOException, InterruptedException {
        run("short", "finish");
        assertThat(acknowledgeToTheEnd("short"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        run("long", "stay");
        assertThat(acknowledgeNext("long").executorId()).isEqualTo(ID);
        Bytes data = Bytes.of("hello".getBytes(StandardCharsets.UTF_8));
        master.send(AgentEvent.message(1, new AgentEvent.Message(FRAMEWORK, ID, data)));
        assertThat(master.next(call -> call.message() != null).message().data()).isEqualTo(data);

        int port = port();
        agent.close();
        agent = startAgent(port);
        AgentCall.Subscribe subscribe =
                master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE).subscribe();
        assertThat(subscribe.executors())
                .extracting(running -> running.executorInfo().executorId())
                .containsExactly(ID);
        run("late", "finish");
        assertThat(acknowledgeToTheEnd("late").getLast().state()).isEqualTo(TaskState.TASK_FINISHED);
        master.send(AgentEvent.killTask(1, new AgentEvent.KillTask(FRAMEWORK, new TaskId("long"), null)));
        assertThat(acknowledgeToTheEnd("long").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void anExecutorThatDiesTakesItsTasksWithIt() throws IOException, InterruptedException {
        run("victim", "stay");
        acknowledgeNext("victim");
        run("murderer", "die");

        AgentCall.ExitedExecutor exited =
                master.next(call -> call.exitedExecutor() != null).exitedExecutor();
        assertThat(exited).isEqualTo(new AgentCall.ExitedExecutor(FRAMEWORK, ID, 5 << 8));
    }

    @Test
    void aTaskOfADeadExecutorFailsForThatReason() throws IOException, InterruptedException {
        run("murderer", "die");

        TaskStatus last = acknowledgeToTheEnd("murderer").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.reason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
    }

    @Test
    void aGroupSharesItsSandboxAndItsFate() throws IOException, InterruptedException {
        ExecutorInfo executor = ExecutorInfo.builder()
                .type(ExecutorInfo.Type.DEFAULT)
                .executorId(new ExecutorId("pod"))
                .build();
        List<TaskInfo> tasks = List.of(
                task("server")
                        .command(CommandInfo.builder().value("sleep 600").build())
                        .build(),
                task("failing")
                        .command(CommandInfo.builder()
                                .value("echo $MESOS_TASK_ID of $MESOS_EXECUTOR_ID; sleep 0.3; exit 3")
                                .build())
                        .build());
        master.send(AgentEvent.runTaskGroup(1, new AgentEvent.RunTaskGroup(framework(), executor, tasks)));

        List<TaskStatus> ends = List.of(acknowledgeEnd(), acknowledgeEnd());
        assertThat(ends)
                .extracting(TaskStatus::state)
                .containsExactlyInAnyOrder(TaskState.TASK_FAILED, TaskState.TASK_KILLED);
        assertThat(get("/files/read?path=/frameworks/F/executors/pod/runs/latest/tasks/failing/stdout&offset=0"))
                .contains("failing of pod");
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {3} {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|application/json||405|Expecting one of { 'POST' }.",
                "POST|text/plain|{}|415|Expecting 'Content-Type' of application/json or application/x-protobuf",
                "POST|application/json|{|400|Failed to parse body into JSON",
                "POST|application/json|{'executor_id':{'value':'e'},'framework_id':{'value':'f'}}|400|'type'",
                "POST|application/json|{'type':'HEARTBEAT','executor_id':{'value':'e'},'framework_id':{'value':'f'}}"
                        + "|202|",
                "POST|application/json|{'type':'SUBSCRIBE','executor_id':{'value':'e'},'framework_id':{'value':'f'},"
                        + "'subscribe':{}}|400|Framework cannot be found",
                "POST|application/json|{'type':'UPDATE','executor_id':{'value':'e'},'framework_id':{'value':'f'},"
                        + "'update':{'status':{'task_id':{'value':'t'},'state':'TASK_RUNNING'}}}|400|'uuid'"
            },
            quoteCharacter = '"')
    void whatIsNoCallIsRefusedInTheOriginalsWords(String method, String type, String body, int status, String words)
            throws IOException, InterruptedException {
        String json = body == null ? "" : body.replace('\'', '"');
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/executor"))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words == null ? "" : words);
    }

    private ConfigurableApplicationContext startAgent(int port) {
        return Launch.start(
                AgentApplication.class,
                "agent",
                "MESOS_",
                Surroundings.hosted((code, reason) -> {}),
                "--master=127.0.0.1:" + master.port(),
                "--work_dir=" + workDir,
                "--ip=127.0.0.1",
                "--port=" + port,
                "--no-switch_user",
                "--registration_backoff_factor=50ms",
                "--executor_reregistration_timeout=15secs",
                "--executor_shutdown_grace_period=2secs");
    }

    private void run(String id, String wish) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ExecutorInfo executor = ExecutorInfo.builder()
                .type(ExecutorInfo.Type.CUSTOM)
                .executorId(ID)
                .frameworkId(FRAMEWORK)
                .command(CommandInfo.builder()
                        .shell(false)
                        .value(java)
                        .arguments(Stream.of(
                                        java,
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        EchoExecutor.class.getName())
                                .toList())
                        .build())
                .build();
        TaskInfo task = task(id).executor(executor)
                .data(Bytes.of(wish.getBytes(StandardCharsets.UTF_8)))
                .build();
        master.send(AgentEvent.runTask(1, new AgentEvent.RunTask(framework(), task)));
    }

    private static TaskInfo.Builder task(String id) {
        return TaskInfo.builder().name(id).taskId(new TaskId(id)).agentId(FakeMaster.AGENT);
    }

    private static FrameworkInfo framework() {
        return FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name("test")
                .id(FRAMEWORK)
                .checkpoint(true)
                .build();
    }

    private List<TaskStatus> acknowledgeToTheEnd(String task) throws InterruptedException, IOException {
        List<TaskStatus> all = new ArrayList<>();
        do {
            all.add(acknowledgeNext(task));
        } while (!UpdateStreams.isTerminal(all.getLast().state()));
        return all;
    }

    /** Of whichever task ends next. */
    private TaskStatus acknowledgeEnd() throws InterruptedException, IOException {
        TaskStatus status;
        do {
            status = acknowledge(
                    master.next(call -> call.update() != null).update().status());
        } while (!UpdateStreams.isTerminal(status.state()));
        return status;
    }

    private TaskStatus acknowledgeNext(String task) throws InterruptedException, IOException {
        AgentCall call = master.next(each ->
                each.update() != null && each.update().status().taskId().value().equals(task));
        return acknowledge(call.update().status());
    }

    private TaskStatus acknowledge(TaskStatus status) throws IOException {
        master.send(AgentEvent.acknowledged(
                master.epoch, new AgentEvent.Acknowledged(FRAMEWORK, status.taskId(), status.uuid())));
        return status;
    }

    private int port() {
        return ((ServletWebServerApplicationContext) agent).getWebServer().getPort();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
