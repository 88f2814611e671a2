package org.nucleus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.core.Volumes;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.resources.Resources;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole agent against a hand-written master over HTTP, with real {@code sh} tasks. */
class AgentProcessTest {
    private static final FrameworkId FRAMEWORK = new FrameworkId("F");

    @TempDir
    Path workDir;

    private final HttpClient http = HttpClient.newHttpClient();
    private FakeMaster master;
    private ConfigurableApplicationContext agent;

    @BeforeEach
    void start() throws IOException {
        master = new FakeMaster(0, 1);
        agent = startAgent();
    }

    @AfterEach
    void stop() throws InterruptedException {
        agent.getBean(TaskShutdown.class).killAll(Duration.ofSeconds(20));
        agent.close();
        master.close();
    }

    @Test
    void registersWithWhatTheOperatorSaysAndTheMachineHas() throws InterruptedException {
        AgentCall subscribe = subscribed();

        assertThat(subscribe.agentId()).isNull();
        assertThat(subscribe.subscribe().agentInfo().resources())
                .extracting(resource -> resource.name())
                .containsExactlyInAnyOrder("cpus", "mem", "disk", "ports");
        assertThat(subscribe.subscribe().agentInfo().port()).isEqualTo(port());
    }

    @Test
    void runsATaskReportsItInOrderAndShowsItsSandbox() throws IOException, InterruptedException {
        subscribed();
        run("hello", "echo hello; echo $MESOS_TASK_WORD; exit 3", "word");

        assertThat(acknowledgeToTheEnd("hello"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FAILED);
        assertThat(get("/files/read?path=/frameworks/F/executors/hello/runs/latest/stdout&offset=0"))
                .contains("hello\\nword\\n");
        assertThat(get("/slave(1)/files/browse?path=/frameworks/F/executors/hello/runs/latest"))
                .contains("stdout")
                .contains("stderr");
        assertThat(get("/metrics/snapshot")).contains("\"slave/tasks_failed\":1.0");
    }

    @Test
    void killsATaskAndAllItStarted() throws IOException, InterruptedException {
        subscribed();
        run("stubborn", "trap '' TERM; sleep 600 & echo up; while true; do sleep 1; done", "");
        acknowledge("stubborn", TaskState.TASK_RUNNING);
        master.send(AgentEvent.killTask(
                1,
                new AgentEvent.KillTask(
                        FRAMEWORK,
                        new TaskId("stubborn"),
                        new KillPolicy(new DurationInfo(Duration.ofMillis(200).toNanos())))));

        TaskStatus last = acknowledgeToTheEnd("stubborn").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(last.message()).isEqualTo("Command terminated with signal Killed");
    }

    @Test
    void asksATaskHowItIsAndKillsItWhenItIsUnwell() throws IOException, InterruptedException {
        subscribed();
        HealthCheck check = HealthCheck.builder()
                .type(HealthCheck.Type.COMMAND)
                .command(CommandInfo.builder()
                        .value("test $MESOS_TASK_WORD = word && mkdir once")
                        .build())
                .delaySeconds(0)
                .intervalSeconds(0.05)
                .gracePeriodSeconds(0)
                .consecutiveFailures(2)
                .build();
        run(task("patient", "sleep 600", "word").healthCheck(check).build());

        List<TaskStatus> told = acknowledgeToTheEnd("patient");
        assertThat(told).extracting(TaskStatus::healthy).containsExactly(null, null, true, false, false, false);
        assertThat(told.getLast().state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(told.getLast().message()).isEqualTo("Command terminated with signal Terminated");
        assertThat(get("/state")).contains("\"healthy\":false");
    }

    @Test
    void tasksOutliveTheAgentAndTheNextOneKnowsThem() throws IOException, InterruptedException {
        subscribed();
        run("survivor", "sleep 600", "");
        run("short", "sleep 0.2; exit 7", "");
        acknowledge("survivor", TaskState.TASK_RUNNING);
        acknowledge("short", TaskState.TASK_RUNNING);
        agent.close();

        agent = startAgent();
        AgentCall subscribe = subscribed();
        assertThat(subscribe.agentId()).isEqualTo(FakeMaster.AGENT);
        assertThat(subscribe.subscribe().tasks())
                .extracting(Task::taskId)
                .extracting(TaskId::value)
                .contains("survivor");
        TaskStatus ended = acknowledgeToTheEnd("short").getLast();
        assertThat(ended.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(ended.message()).isEqualTo("Command exited with status 7");
        assertThat(get("/state")).contains("\"survivor\"").contains("TASK_RUNNING");
    }

    @Test
    void aVolumeOutlivesTheAgentAndGoesWhenItIsDestroyed() throws IOException, InterruptedException {
        subscribed();
        Path data = workDir.resolve("volumes/roles/ads/v1");
        apply(
                1,
                Offer.Operation.builder()
                        .type(Offer.Operation.Type.RESERVE)
                        .reserve(new Offer.Operation.Reserve(List.of(), List.of(Volumes.reserved("disk", 10)))));
        apply(
                2,
                Offer.Operation.builder()
                        .type(Offer.Operation.Type.CREATE)
                        .create(new Offer.Operation.Create(List.of(Volumes.volume("v1", 10)))));
        assertThat(data).isEmptyDirectory();
        Files.writeString(data.resolve("file"), "precious");
        agent.close();

        agent = startAgent();
        assertThat(Resources.of(subscribed().subscribe().checkpointedResources()))
                .isEqualTo(Resources.of(Volumes.volume("v1", 10)));
        assertThat(data.resolve("file")).hasContent("precious");
        assertThat(get("/state")).contains("\"reserved_resources\":{\"ads\":{");

        apply(
                3,
                Offer.Operation.builder()
                        .type(Offer.Operation.Type.DESTROY)
                        .destroy(new Offer.Operation.Destroy(List.of(Volumes.volume("v1", 10)))));
        assertThat(data).doesNotExist();
    }

    /** Returns when the agent has told the operation's end. */
    private void apply(int number, Offer.Operation.Builder operation) throws IOException, InterruptedException {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) number;
        Uuid uuid = new Uuid(Bytes.of(bytes));
        Offer.Operation info = operation.id(new OperationId("o" + number)).build();
        master.send(AgentEvent.applyOperation(master.epoch, new AgentEvent.ApplyOperation(FRAMEWORK, uuid, info)));
        var update = master.next(call -> call.updateOperation() != null
                        && call.updateOperation().operationUuid().equals(uuid))
                .updateOperation();
        assertThat(update.status().state()).isEqualTo(OperationState.OPERATION_FINISHED);
        master.send(AgentEvent.acknowledgeOperation(
                master.epoch,
                new AgentEvent.AcknowledgeOperation(uuid, update.status().uuid())));
    }

    @Test
    void registersAgainWithTheNextMasterAndRefusesAnEarlierTerm() throws IOException, InterruptedException {
        subscribed();
        int port = master.port();
        master.close();
        master = new FakeMaster(port, 2);
        assertThat(subscribed().agentId()).isEqualTo(FakeMaster.AGENT);

        master.close();
        master = new FakeMaster(port, 1);
        subscribed();
        subscribed();
        assertThat(get("/metrics/snapshot")).contains("\"slave/registered\":0.0");
        master.close();
        master = new FakeMaster(port, 3);
        subscribed();
        run("after", "true", "");
        assertThat(acknowledgeToTheEnd("after").getLast().state()).isEqualTo(TaskState.TASK_FINISHED);
    }

    private ConfigurableApplicationContext startAgent() {
        return Launch.start(
                AgentApplication.class,
                "agent",
                "MESOS_",
                Surroundings.hosted((code, reason) -> {}),
                "--master=127.0.0.1:" + master.port(),
                "--work_dir=" + workDir,
                "--ip=127.0.0.1",
                "--port=0",
                "--no-switch_user",
                "--registration_backoff_factor=50ms",
                "--executor_shutdown_grace_period=1secs");
    }

    private AgentCall subscribed() throws InterruptedException {
        return master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE);
    }

    private void run(String id, String command, String word) throws IOException {
        run(task(id, command, word).build());
    }

    private static TaskInfo.Builder task(String id, String command, String word) {
        var variable = new Environment.Variable("MESOS_TASK_WORD", Environment.Variable.Type.VALUE, word, null);
        return TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(FakeMaster.AGENT)
                .command(CommandInfo.builder()
                        .value(command)
                        .environment(new Environment(List.of(variable)))
                        .build());
    }

    private void run(TaskInfo task) throws IOException {
        FrameworkInfo framework = FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name("test")
                .id(FRAMEWORK)
                .build();
        master.send(AgentEvent.runTask(master.epoch, new AgentEvent.RunTask(framework, task)));
    }

    /** Acknowledges this task's updates up to the first of {@code state}. */
    private void acknowledge(String task, TaskState state) throws InterruptedException, IOException {
        TaskState seen = null;
        while (seen != state) {
            seen = acknowledgeNext(task).state();
        }
    }

    private List<TaskStatus> acknowledgeToTheEnd(String task) throws InterruptedException, IOException {
        List<TaskStatus> all = new ArrayList<>();
        do {
            all.add(acknowledgeNext(task));
        } while (!UpdateStreams.isTerminal(all.getLast().state()));
        return all;
    }

    private TaskStatus acknowledgeNext(String task) throws InterruptedException, IOException {
        AgentCall call = master.next(each ->
                each.update() != null && each.update().status().taskId().value().equals(task));
        TaskStatus status = call.update().status();
        Bytes uuid = status.uuid();
        master.send(
                AgentEvent.acknowledged(master.epoch, new AgentEvent.Acknowledged(FRAMEWORK, status.taskId(), uuid)));
        return status;
    }

    private int port() {
        return ((ServletWebServerApplicationContext) agent).getWebServer().getPort();
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
