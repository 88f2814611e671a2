package org.nucleus.agent;

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
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.service.flags.Launch;
import org.nucleus.service.flags.Surroundings;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole agent in this process, with a hand-written master and real tasks; closing it ends both. */
public final class RunningAgent implements AutoCloseable {
    public static final FrameworkId FRAMEWORK = new FrameworkId("F");

    private final HttpClient http = HttpClient.newHttpClient();
    private final FakeMaster master;
    private final ConfigurableApplicationContext agent;

    /** Starts it in {@code workDir}, and waits until it has subscribed. */
    public RunningAgent(Path workDir, String... flags) throws IOException, InterruptedException {
        master = new FakeMaster(0, 1);
        List<String> all = new ArrayList<>(List.of(
                "--master=127.0.0.1:" + master.port(),
                "--work_dir=" + workDir,
                "--ip=127.0.0.1",
                "--port=0",
                "--no-switch_user",
                "--registration_backoff_factor=50ms",
                "--executor_shutdown_grace_period=1secs"));
        all.addAll(List.of(flags));
        agent = Launch.start(
                AgentApplication.class,
                "agent",
                "MESOS_",
                Surroundings.hosted((code, reason) -> {}),
                all.toArray(String[]::new));
        master.next(call -> call.type() == AgentCall.Type.SUBSCRIBE);
    }

    public void run(String id, String command) throws IOException {
        run(id, CommandInfo.builder().value(command).build(), null);
    }

    public void run(String id, CommandInfo command, @Nullable ContainerInfo container) throws IOException {
        TaskInfo task = TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(FakeMaster.AGENT)
                .command(command)
                .container(container)
                .build();
        FrameworkInfo framework = FrameworkInfo.builder()
                .user(System.getProperty("user.name"))
                .name("test")
                .id(FRAMEWORK)
                .build();
        master.send(AgentEvent.runTask(master.epoch, new AgentEvent.RunTask(framework, task)));
    }

    /** Acknowledges the task's updates up to the first of {@code state}, or to its end. */
    public TaskStatus acknowledge(String task, TaskState state) throws IOException, InterruptedException {
        TaskStatus status;
        do {
            AgentCall call = master.next(each -> each.update() != null
                    && each.update().status().taskId().value().equals(task));
            status = call.update().status();
            master.send(AgentEvent.acknowledged(
                    master.epoch, new AgentEvent.Acknowledged(FRAMEWORK, status.taskId(), status.uuid())));
        } while (status.state() != state && !UpdateStreams.isTerminal(status.state()));
        return status;
    }

    public URI at(String path) {
        int port = ((ServletWebServerApplicationContext) agent).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Posts JSON to {@code /api/v1}. */
    public HttpResponse<String> call(String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(at("/api/v1"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return http.send(request, body);
    }

    @Override
    public void close() throws InterruptedException {
        agent.getBean(TaskShutdown.class).killAll(Duration.ofSeconds(20));
        agent.close();
        master.close();
    }
}
