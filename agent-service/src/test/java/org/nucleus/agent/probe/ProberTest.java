package org.nucleus.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.process.ProcessContainerizer;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.NetworkInfo.Protocol;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;

class ProberTest {
    private static final ContainerId TASK = new ContainerId("task", null);
    private static final CheckKey CHECK = new CheckKey(TASK, CheckKey.Purpose.HEALTH);

    @TempDir
    Path directory;

    private final BlockingQueue<AgentInput> told = new LinkedBlockingQueue<>();
    private final AtomicInteger launched = new AtomicInteger();
    private ProcessContainerizer containerizer;
    private Prober prober;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        containerizer = new ProcessContainerizer(
                directory.resolve("containers"), new Fetcher(Fetcher.Settings.defaults(), Clock.systemUTC()), false);
        prober = new Prober(containerizer, this::launch, told::add);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/fine", 200);
        answer("/broken", 503);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/broken");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {});
        server.start();
    }

    @AfterEach
    void stop() {
        prober.close();
        containerizer.close();
        server.stop(0);
    }

    @Test
    void tellsAPagesStatusAndFollowsRedirections() throws InterruptedException {
        assertThat(ask(page("/fine"))).isEqualTo(new ProbeResult.Answered(200));
        assertThat(ask(page("/broken"))).isEqualTo(new ProbeResult.Answered(503));
        assertThat(ask(page("/moved"))).isEqualTo(new ProbeResult.Answered(503));
    }

    @Test
    void aPageThatDoesNotComeOrCannotBeAskedForIsAFailure() throws IOException, InterruptedException {
        assertThat(ask(page("/silent"), Duration.ofMillis(100))).isInstanceOf(ProbeResult.Failed.class);
        assertThat(ask(page("/no good"))).isInstanceOf(ProbeResult.Failed.class);
        assertThat(ask(new Probe.Http("http", Protocol.IPv4, closedPort(), ""))).isInstanceOf(ProbeResult.Failed.class);
    }

    @Test
    void connectsOrIsRefused() throws IOException, InterruptedException {
        int open = server.getAddress().getPort();
        assertThat(ask(new Probe.Tcp(Protocol.IPv4, open))).isEqualTo(new ProbeResult.Connected(true));
        assertThat(ask(new Probe.Tcp(Protocol.IPv4, closedPort()))).isEqualTo(new ProbeResult.Connected(false));
    }

    @Test
    void runsACommandInTheSandboxWithItsEnvironment() throws InterruptedException {
        assertThat(ask(command("test \"$WORD\" = hello && test \"$PWD\" = \"" + sandbox() + "\" && exit 7")))
                .isEqualTo(new ProbeResult.Exited(7));
        assertThat(ask(command("exec /bin/true"))).isEqualTo(new ProbeResult.Exited(0));
        assertThat(launched).hasValue(2);
    }

    @Test
    void aCommandThatTakesTooLongIsKilled() throws InterruptedException {
        assertThat(ask(command("sleep 600"), Duration.ofMillis(200)))
                .isEqualTo(new ProbeResult.Failed("Command timed out after PT0.2S"));
    }

    @Test
    void aStoppedProbeTellsNothingAndItsCommandIsGone() throws InterruptedException {
        prober.start(effect(command("sleep 600"), Duration.ZERO));
        prober.stop(CHECK);
        assertThat(ask(command("exit 3"))).isEqualTo(new ProbeResult.Exited(3));
        prober.close();
        assertThat(told).isEmpty();
    }

    private void answer(String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    private Probe page(String path) {
        return new Probe.Http("http", Protocol.IPv4, server.getAddress().getPort(), path);
    }

    private static Probe command(String value) {
        return new Probe.Command(CommandInfo.builder().value(value).build());
    }

    private ProbeResult ask(Probe probe) throws InterruptedException {
        return ask(probe, Duration.ofSeconds(30));
    }

    private ProbeResult ask(Probe probe, Duration timeout) throws InterruptedException {
        prober.start(effect(probe, timeout));
        AgentInput.ProbeDone done = (AgentInput.ProbeDone) told.poll(30, TimeUnit.SECONDS);
        assertThat(done).isNotNull();
        assertThat(done.check()).isEqualTo(CHECK);
        return done.result();
    }

    private static Effect.StartProbe effect(Probe probe, Duration timeout) {
        TaskInfo task = TaskInfo.builder()
                .name("t")
                .taskId(new TaskId("t"))
                .agentId(new AgentId("m-S0"))
                .build();
        var run = TaskRun.accepted(
                TaskKey.of("F", "t"), task, "nobody", TASK, Clock.systemUTC().instant());
        var framework = FrameworkInfo.builder().user("nobody").name("test").build();
        return new Effect.StartProbe(CHECK, probe, timeout, new AgentId("m-S0"), framework, run, Optional.empty());
    }

    private Launch launch(Effect.StartProbe effect, Probe.Command probe) {
        ContainerId id = new ContainerId("check-" + launched.incrementAndGet(), TASK);
        var environment = Map.of("PATH", "/usr/bin:/bin", "WORD", "hello");
        return new Launch(id, probe.command(), environment, sandbox());
    }

    private Path sandbox() {
        return directory.resolve("sandbox");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
