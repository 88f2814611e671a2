package org.nucleus.agent.containerizer.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.agent.containerizer.docker.RecordedEngine.chunked;
import static org.nucleus.agent.containerizer.docker.RecordedEngine.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;

/** An engine that is not there, says no, or goes away: each is told, none hangs. */
class EngineTroubleTest {
    private static final ContainerId ID = new ContainerId("c1", null);
    private static final String IMAGE = "GET /images/registry.example/image%3A1/json";
    private static final String OF = "/containers/mesos-c1";
    private static final String RUNNING =
            json(200, "{\"State\":{\"Status\":\"running\",\"Pid\":1},\"Config\":{\"StopSignal\":\"SIGINT\"}}");
    private static final String ENDED = json(200, "{\"State\":{\"Status\":\"exited\",\"ExitCode\":9}}");

    @TempDir
    Path directory;

    private DockerContainerizer containerizer;

    @BeforeEach
    void open() throws IOException {
        containerizer = opened();
    }

    @AfterEach
    void close() {
        containerizer.close();
    }

    @Test
    void withoutAnEngineTheLaunchSaysSo() throws Exception {
        assertThat(failure())
                .startsWith("The Docker engine at " + socket() + " does not answer (")
                .endsWith("--docker_socket.");
        assertThat(directory.resolve("docker")).isEmptyDirectory();
    }

    @Test
    void whatIsNotAnEngineIsSaidToBeNone() throws Exception {
        try (var _ = new RecordedEngine(socket()).answer("GET", "SSH-2.0-OpenSSH_9\r\n\r\n")) {
            assertThat(failure()).contains("does not speak HTTP");
        }
    }

    @Test
    void anErrorAmidAPullIsTold() throws Exception {
        try (var engine = new RecordedEngine(socket())) {
            engine.answer(
                    "POST /images/create",
                    chunked(200, "{\"status\":\"Pulling\"}\r\n{\"error\":\"manifest unknown\"}\r\n"));
            assertThat(failure()).isEqualTo("Failed to pull the image 'registry.example/image:1': manifest unknown");
            assertThat(engine.asked())
                    .containsExactly(IMAGE, "POST /images/create?fromImage=registry.example/image&tag=1");
        }
    }

    @Test
    void aPullThatTakesTooLongIsGivenUp() throws Exception {
        try (var _ = new RecordedEngine(socket()).answer("POST /images/create", RecordedEngine.SILENCE)) {
            assertThat(failure())
                    .isEqualTo("Failed to pull the image 'registry.example/image:1': it did not come within 1 s");
        }
    }

    @Test
    void aKillEndsAPull() throws Exception {
        try (var engine = new RecordedEngine(socket()).answer("POST /images/create", RecordedEngine.SILENCE)) {
            CompletableFuture<Started> launched = containerizer.launch(launch());
            while (engine.asked().size() < 2) {
                PrivateEngine.pause();
            }
            containerizer.kill(ID, Signal.TERM);
            assertThat(failure(launched)).isEqualTo("The container was killed before its command ran");
        }
    }

    @Test
    void anEngineInTroubleIsQuoted() throws Exception {
        try (var engine = new RecordedEngine(socket())) {
            engine.answer(IMAGE, json(200, "{}"));
            engine.answer("POST /containers/create", json(500, "{\"message\":\"no space left on device\"}"));
            engine.answer("DELETE " + OF, json(500, "{}"), RecordedEngine.CUT, json(204, ""));
            assertThat(failure()).isEqualTo("Failed to start the Docker container: no space left on device");
            containerizer.forget(ID);
            assertThat(directory.resolve("docker")).isEmptyDirectory();
            while (engine.asked().stream()
                            .filter(line -> line.startsWith("DELETE"))
                            .count()
                    < 3) {
                PrivateEngine.pause();
            }
        }
    }

    @Test
    void anEngineThatComesBackTellsTheEnd() throws Exception {
        try (var engine = new RecordedEngine(socket())) {
            engine.answer(IMAGE, json(200, "{}"));
            engine.answer("POST /containers/create", json(201, "{\"Id\":\"x\"}"));
            engine.answer("POST " + OF + "/start", json(204, ""));
            engine.answer("POST " + OF + "/wait", RecordedEngine.CUT);
            engine.answer("GET " + OF + "/logs", RecordedEngine.CUT, frame("one\n"), frame("one\ntwo\n"));
            engine.answer("GET " + OF + "/json", RUNNING, RUNNING, json(500, "{}"), RecordedEngine.CUT, ENDED);
            containerizer.launch(launch()).get(10, TimeUnit.SECONDS);
            assertThat(containerizer.termination(ID).get(20, TimeUnit.SECONDS)).isEqualTo(new Termination.Exited(9));
            assertThat(directory.resolve("sandbox/stdout")).content().startsWith("one\n");
        }
    }

    @Test
    void anImagesOwnStopSignalAsks() throws Exception {
        try (var engine = new RecordedEngine(socket())) {
            engine.answer(IMAGE, json(200, "{}"));
            engine.answer("POST /containers/create", json(201, "{\"Id\":\"x\"}"));
            engine.answer("POST " + OF, json(204, ""));
            engine.answer("POST " + OF + "/wait", RecordedEngine.SILENCE);
            engine.answer("GET " + OF + "/json", RUNNING);
            containerizer.launch(launch()).get(10, TimeUnit.SECONDS);
            containerizer.kill(ID, Signal.TERM);
            while (!engine.asked().contains("POST " + OF + "/kill?signal=SIGINT")) {
                PrivateEngine.pause();
            }
        }
    }

    @Test
    void withoutAnEngineWhatRanIsKeptAndWhatNeverBeganIsSaid() throws Exception {
        Trace.Spec spec = new Trace.Spec(Files.createDirectories(directory.resolve("sandbox")), 0, 0);
        Trace.create(directory.resolve("docker"), ID, spec).starting();
        ContainerId other = new ContainerId("c2", null);
        Trace.create(directory.resolve("docker"), other, spec);
        Files.createDirectory(directory.resolve("docker/.new-half"));
        assertThat(containerizer.recover())
                .containsExactly(
                        new Recovered(ID, spec.sandbox(), new Recovered.State.Running(new Started(0, 0))),
                        new Recovered(other, spec.sandbox(), new Recovered.State.NeverStarted()));
        try (var _ = new RecordedEngine(socket())) {
            assertThat(containerizer.termination(ID).get(20, TimeUnit.SECONDS)).isInstanceOf(Termination.Lost.class);
        }
    }

    @Test
    void oneThatIsBeingStartedIsNotTakenForOneThatNeverWill() throws Exception {
        Trace.Spec spec = new Trace.Spec(Files.createDirectories(directory.resolve("sandbox")), 0, 0);
        Trace.create(directory.resolve("docker"), ID, spec).starting();
        try (var engine = new RecordedEngine(socket())) {
            engine.answer("GET " + OF + "/json", json(200, "{\"State\":{\"Status\":\"created\"}}"), RUNNING);
            engine.answer("DELETE " + OF, json(409, "{\"message\":\"it runs\"}"));
            engine.answer("POST " + OF + "/wait", RecordedEngine.SILENCE);
            assertThat(containerizer.recover())
                    .singleElement()
                    .satisfies(each -> assertThat(each.state()).isInstanceOf(Recovered.State.Running.class));
        }
    }

    private Path socket() {
        return directory.resolve("engine.sock");
    }

    private DockerContainerizer opened() throws IOException {
        return new DockerContainerizer(
                new DockerSettings(
                        socket(),
                        directory.resolve("docker"),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        true,
                        false,
                        false,
                        null),
                new Fetcher(Fetcher.Settings.defaults(), Clock.systemUTC()));
    }

    private Launch launch() {
        ContainerInfo info = ContainerInfo.builder()
                .type(ContainerInfo.Type.DOCKER)
                .docker(DockerInfo.builder().image("registry.example/image:1").build())
                .build();
        CommandInfo command = CommandInfo.builder().value("true").build();
        return new Launch(ID, command, new LinkedHashMap<>(), directory.resolve("sandbox"))
                .in(new Launch.Docker(info, List.of()));
    }

    private String failure() throws InterruptedException, TimeoutException {
        return failure(containerizer.launch(launch()));
    }

    private static String failure(CompletableFuture<Started> launched) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("it runs as " + launched.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(LaunchFailed.class);
            return String.valueOf(e.getCause().getMessage());
        }
    }

    private static String frame(String text) {
        return "HTTP/1.1 200 OK\r\n\r\n\u0001\0\0\0\0\0\0" + (char) text.length() + text;
    }
}
