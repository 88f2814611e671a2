package org.nucleus.agent.containerizer.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.Volume;

/** Against a real engine of the test's own. */
class DockerContainerizerTest {
    private static final long MIB = 1 << 20;
    private static @Nullable PrivateEngine engine;

    private ContainerId id = new ContainerId("none", null);
    private Path work = Path.of("/nowhere");
    private @Nullable DockerContainerizer containerizer;

    @BeforeAll
    static void startEngine() throws IOException, InterruptedException {
        Optional<String> obstacle = PrivateEngine.obstacle();
        obstacle.ifPresent(why -> System.getLogger("test").log(System.Logger.Level.WARNING, "Skipped: {0}", why));
        assumeTrue(obstacle.isEmpty(), () -> "Skipped: " + obstacle.orElse(""));
        engine = PrivateEngine.start();
    }

    @AfterAll
    static void stopEngine() throws IOException, InterruptedException {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void open(TestInfo test) throws IOException {
        String name = test.getTestMethod().orElseThrow().getName();
        id = new ContainerId(name, null);
        work = Files.createDirectories(engine().directory().resolve("work-" + name));
        containerizer = opened();
    }

    @AfterEach
    void close() {
        if (containerizer != null) {
            containerizer.close();
        }
    }

    @Test
    void runsACommandInItsImageAndTellsItsStatusAndOutput() throws Exception {
        await(containerizer()
                .launch(shell(
                        "echo out; echo err >&2; cat > $MESOS_SANDBOX/file < /mnt/mesos/sandbox/stdout; exit 3")));
        assertThat(termination()).isEqualTo(new Termination.Exited(3));
        assertThat(sandbox().resolve("stdout")).hasContent("out\n");
        assertThat(sandbox().resolve("stderr")).hasContent("err\n");
        assertThat(sandbox().resolve("file")).exists();
        containerizer().forget(id);
        assertThat(work.resolve("docker")).isEmptyDirectory();
        awaitAbsence();
    }

    @Test
    void asksBeforeItForces() throws Exception {
        await(containerizer().launch(shell("trap 'echo asked; exit 7' TERM; echo ready; while :; do sleep 0.1; done")));
        awaitOutput("ready");
        containerizer().kill(id, Signal.TERM);
        assertThat(termination()).isEqualTo(new Termination.Exited(7));
        assertThat(sandbox().resolve("stdout")).hasContent("ready\nasked\n");
    }

    @Test
    void forcesWhatDoesNotListen() throws Exception {
        await(containerizer().launch(shell("trap '' TERM; echo ready; while :; do sleep 0.1; done")));
        awaitOutput("ready");
        containerizer().kill(id, Signal.TERM);
        containerizer().kill(id, Signal.KILL);
        assertThat(termination()).isEqualTo(new Termination.Exited(137));
    }

    @Test
    void saysWhatTookTooMuchMemory() throws Exception {
        Launch hog = launch(
                command("exec tail /dev/zero"),
                info(List.of(new Parameter("memory-swap", "32m"))),
                new Limits(100, null, 32 * MIB, null, null, List.of()));
        await(containerizer().launch(hog));
        assertThat(termination())
                .isInstanceOfSatisfying(
                        Termination.Limited.class,
                        limited -> assertThat(limited.bytes()).isEqualTo(32 * MIB));
    }

    @Test
    void tellsWhyACommandDidNotStart() {
        CommandInfo command =
                CommandInfo.builder().shell(false).value("/no/such/program").build();
        assertThat(failure(launch(command, info(List.of()), Limits.none()))).contains("/no/such/program");
        awaitAbsence();
    }

    @Test
    void tellsWhyAnImageDidNotCome() {
        ContainerInfo absent = info(List.of()).toBuilder()
                .docker(DockerInfo.builder()
                        .image("127.0.0.1:1/absent:2")
                        .network(DockerInfo.Network.NONE)
                        .build())
                .build();
        assertThat(failure(launch(command("true"), absent, Limits.none())))
                .startsWith("Failed to pull the image '127.0.0.1:1/absent:2': ");
    }

    @Test
    void showsVolumesAndParameters() throws Exception {
        Path outside = Files.createDirectories(work.resolve("outside"));
        Files.writeString(outside.resolve("given"), "given\n");
        ContainerInfo info =
                info(List.of(new Parameter("env", "SAID=so"), new Parameter("tmpfs", "/scratch"))).toBuilder()
                        .volumes(List.of(new Volume(Volume.Mode.RO, "/outside", outside.toString(), null, null)))
                        .build();
        await(containerizer()
                .launch(launch(
                        command("cat /outside/given; echo $SAID; ls -d /scratch; echo > /outside/x || echo refused"),
                        info,
                        Limits.none())));
        assertThat(termination()).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox().resolve("stdout")).hasContent("given\nso\n/scratch\nrefused\n");
    }

    @Test
    void measuresAndLooksInside() throws Exception {
        await(containerizer().launch(shell("echo ready; exec sleep 1000")));
        Usage usage = containerizer().usage(id).orElseThrow();
        assertThat(usage.threads()).isPositive();
        assertThat(containerizer().pid(id))
                .hasValueSatisfying(pid -> assertThat(ProcessHandle.of(pid)).isPresent());
        ContainerId check = new ContainerId("check", id);
        containerizer().launch(new Launch(check, command("exit 5"), new LinkedHashMap<>(), sandbox()));
        assertThat(await(containerizer().termination(check))).isEqualTo(new Termination.Exited(5));
        containerizer().kill(id, Signal.KILL);
        termination();
    }

    @Test
    void theNextAgentLosesAndDoublesNoLine() throws Exception {
        await(containerizer()
                .launch(shell(
                        "i=0; while [ $i -lt 200 ]; do echo line $i; sleep 0.02; i=$((i+1)); done; echo end >&2")));
        awaitOutput("line 20\n");
        reopen();
        assertThat(containerizer().recover())
                .singleElement()
                .satisfies(each -> assertThat(each.state()).isInstanceOf(Recovered.State.Running.class));
        assertThat(termination()).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox().resolve("stdout"))
                .hasContent(IntStream.range(0, 200)
                        .mapToObj(i -> "line " + i + "\n")
                        .collect(Collectors.joining()));
        assertThat(sandbox().resolve("stderr")).hasContent("end\n");
    }

    @Test
    void theNextAgentLearnsOfAnEndNobodySaw() throws Exception {
        await(containerizer().launch(shell("sleep 1; echo late; exit 4")));
        containerizer().close();
        awaitState("exited");
        containerizer = opened();
        assertThat(containerizer().recover())
                .containsExactly(new Recovered(id, sandbox(), new Recovered.State.Ended(new Termination.Exited(4))));
        assertThat(sandbox().resolve("stdout")).hasContent("late\n");
    }

    @Test
    void whatNoAgentRemembersIsRemoved() throws Exception {
        await(containerizer().launch(shell("exec sleep 1000")));
        containerizer().close();
        Trace.of(work.resolve("docker"), id).delete();
        containerizer = opened();
        assertThat(containerizer().recover()).isEmpty();
        awaitAbsence();
    }

    @Test
    void tasksOutliveTheEnginesAbsence() throws Exception {
        await(containerizer()
                .launch(shell(
                        "echo before; while [ ! -e /mnt/mesos/sandbox/go ]; do sleep 0.1; done; echo after; exit 6")));
        awaitOutput("before");
        engine().end();
        try {
            reopen();
            assertThat(containerizer().recover())
                    .singleElement()
                    .satisfies(each -> assertThat(each.state()).isInstanceOf(Recovered.State.Running.class));
            assertThat(containerizer().termination(id)).isNotDone();
        } finally {
            engine().begin();
        }
        Files.writeString(sandbox().resolve("go"), "");
        assertThat(termination()).isEqualTo(new Termination.Exited(6));
        assertThat(sandbox().resolve("stdout")).hasContent("before\nafter\n");
    }

    private static PrivateEngine engine() {
        assertThat(engine).isNotNull();
        return engine;
    }

    private DockerContainerizer containerizer() {
        assertThat(containerizer).isNotNull();
        return containerizer;
    }

    private DockerContainerizer opened() throws IOException {
        return new DockerContainerizer(
                new DockerSettings(
                        engine().socket(),
                        work.resolve("docker"),
                        Duration.ofSeconds(20),
                        Duration.ZERO,
                        true,
                        false,
                        false,
                        null),
                new Fetcher(Fetcher.Settings.defaults(), Clock.systemUTC()));
    }

    private void reopen() throws IOException {
        containerizer().close();
        containerizer = opened();
    }

    private Path sandbox() {
        return work.resolve("sandbox");
    }

    private static CommandInfo command(String line) {
        return CommandInfo.builder().value(line).build();
    }

    private static ContainerInfo info(List<Parameter> parameters) {
        return ContainerInfo.builder()
                .type(ContainerInfo.Type.DOCKER)
                .docker(DockerInfo.builder()
                        .image(PrivateEngine.IMAGE)
                        .network(DockerInfo.Network.NONE)
                        .parameters(parameters)
                        .build())
                .build();
    }

    private Launch shell(String line) {
        return launch(command(line), info(List.of()), Limits.none());
    }

    private Launch launch(CommandInfo command, ContainerInfo info, Limits limits) {
        return new Launch(id, command, new LinkedHashMap<>(), sandbox(), null, limits)
                .in(new Launch.Docker(info, List.of()));
    }

    private Termination termination() throws Exception {
        return await(containerizer().termination(id));
    }

    private String failure(Launch launch) {
        try {
            Started started = await(containerizer().launch(launch));
            throw new AssertionError("it runs as " + started);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(LaunchFailed.class);
            return String.valueOf(e.getCause().getMessage());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            containerizer().forget(id);
        }
    }

    private void awaitOutput(String text) throws Exception {
        until(() -> Files.exists(sandbox().resolve("stdout"))
                && Files.readString(sandbox().resolve("stdout")).contains(text));
    }

    private void awaitState(String status) throws Exception {
        try (Engine asked = new Engine(engine().socket())) {
            until(() ->
                    asked.inspect(Creation.nameOf(id)).orElseThrow().status().equals(status));
        }
    }

    private void awaitAbsence() {
        try (Engine asked = new Engine(engine().socket())) {
            until(() -> asked.inspect(Creation.nameOf(id)).isEmpty());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("in a minute").isLessThan(end);
            PrivateEngine.pause();
        }
    }

    private static <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(60, TimeUnit.SECONDS);
    }
}
