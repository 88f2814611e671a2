package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

class ProcessContainerizerTest {
    private static final ContainerId ID = new ContainerId("c1", null);

    @TempDir
    private Path work;

    private Path root;
    private Path sandbox;
    private ProcessContainerizer containerizer;

    @BeforeEach
    void open() throws IOException {
        root = work.resolve("containers");
        sandbox = work.resolve("sandboxes").resolve(ID.value());
        containerizer = reopen();
    }

    @AfterEach
    void endAll() throws Exception {
        containerizer.kill(ID, Signal.KILL);
        containerizer.termination(ID).get(30, TimeUnit.SECONDS);
        containerizer.close();
    }

    private ProcessContainerizer reopen() throws IOException {
        return new ProcessContainerizer(
                root,
                new Fetcher(Fetcher.Settings.defaults(), InstantSource.system()),
                true,
                Isolation.open(Isolation.Settings.posix()));
    }

    private Cage cage() {
        return Isolation.open(Isolation.Settings.posix()).cgroups().of(root, "c1", Cage.none());
    }

    private static CommandInfo shell(String value) {
        return CommandInfo.builder().value(value).build();
    }

    private static CommandInfo program(String value, String... arguments) {
        return CommandInfo.builder()
                .shell(false)
                .value(value)
                .arguments(List.of(arguments))
                .build();
    }

    private Launch launch(CommandInfo command, String... environment) {
        var variables = new LinkedHashMap<String, String>();
        for (int i = 0; i < environment.length; i += 2) {
            variables.put(environment[i], environment[i + 1]);
        }
        return new Launch(ID, command, variables, sandbox);
    }

    private Started start(CommandInfo command, String... environment) throws Exception {
        return await(containerizer.launch(launch(command, environment)));
    }

    private Termination end() throws Exception {
        return await(containerizer.termination(ID));
    }

    private String output() throws IOException {
        return Files.readString(sandbox.resolve("stdout"));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Waits until the task opens the fifo that is made here. */
    private Path fifo(String name) throws Exception {
        Files.createDirectories(sandbox);
        Path fifo = sandbox.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }

    private static String read(Path fifo) throws Exception {
        return await(CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(fifo).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static boolean isAlive(String pid) throws IOException {
        return ProcessTable.of(Long.parseLong(pid))
                .filter(ProcessTable.Entry::isAlive)
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 1, 1", "exit 128, 128", "exit 137, 137", "exit 143, 143", "exit 255, 255"})
    void anExitIsToldByItsStatus(String command, int status) throws Exception {
        start(shell(command));
        assertThat(end()).isEqualTo(new Termination.Exited(status));
    }

    @ParameterizedTest
    @CsvSource({"9", "15", "11", "6", "2", "1", "13"})
    void aDeathBySignalIsToldApartFromAnExit(int signal) throws Exception {
        start(shell("ulimit -c 0; kill -" + signal + " $$; exit 0"));
        assertThat(end()).isEqualTo(new Termination.Signaled(signal));
    }

    @Test
    void theCommandSeesItsEnvironmentAndNothingElse() throws Exception {
        start(
                program("/usr/bin/env"),
                "A",
                "it's \"quoted\" $HOME `x`\nsecond",
                "spring.name",
                "dotted",
                "PPID",
                "1",
                "EMPTY",
                "");
        assertThat(end()).isEqualTo(new Termination.Exited(0));
        assertThat(output().lines())
                .containsExactlyInAnyOrder(
                        "A=it's \"quoted\" $HOME `x`", "second", "spring.name=dotted", "PPID=1", "EMPTY=");
    }

    @Test
    void theCommandRunsInTheSandboxAndLeadsItsSessionAndGroup() throws Exception {
        Started started = start(shell("pwd; cut -d' ' -f1,5,6 /proc/$$/stat; echo oops >&2"));
        end();
        String pid = Long.toString(started.pid());
        assertThat(output().lines()).containsExactly(sandbox.toRealPath().toString(), String.join(" ", pid, pid, pid));
        assertThat(sandbox.resolve("stderr")).hasContent("oops");
    }

    @Test
    void theCommandHasNoDescriptorButItsOutputs() throws Exception {
        start(shell("ls -l /proc/$$/fd"));
        end();
        assertThat(output().lines()
                        .filter(line -> line.contains("->"))
                        .map(line -> line.replaceAll(".* (\\d+) ->.*", "$1")))
                .containsExactly("0", "1", "2");
    }

    @Test
    void theCommandStartsWithoutIgnoredOrBlockedSignals() throws Exception {
        start(program("/bin/grep", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"));
        end();
        // Of the C library's own two, 32 and 33, posix_spawn makes ignored ones.
        assertThat(output().lines())
                .allMatch(line -> (Long.parseLong(line.split("\\s+")[1], 16) & 0x7fff_ffff) == 0)
                .hasSize(2);
    }

    @Test
    void theFirstArgumentIsTheNameTheProgramIsTold() throws Exception {
        start(program("/bin/sh", "myname", "-c", "echo $0; tr '\\0' ' ' </proc/$$/cmdline"));
        end();
        assertThat(output()).startsWith("myname\nmyname -c ");
    }

    @Test
    void aMissingProgramExitsWith127AndSaysSo() throws Exception {
        start(program("/no/such/program", "x"));
        assertThat(end()).isEqualTo(new Termination.Exited(127));
        assertThat(Files.readString(sandbox.resolve("stderr"))).contains("/no/such/program");
    }

    @Test
    void anIdIsLaunchedOnce() throws Exception {
        start(shell("exit 0"));
        end();
        containerizer.forget(ID);
        assertThat(root.resolve("c1")).doesNotExist();
        assertThatThrownBy(() -> await(containerizer.launch(
                        new Launch(new ContainerId("../evil", null), shell("true"), new LinkedHashMap<>(), sandbox))))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LaunchFailed.class);
    }

    @Test
    void anUnknownUserIsRefused() {
        var launch = new Launch(ID, shell("true"), new LinkedHashMap<>(), sandbox, "no-such-user");
        assertThatThrownBy(() -> await(containerizer.launch(launch)))
                .cause()
                .isInstanceOf(LaunchFailed.class)
                .hasMessage("There is no user 'no-such-user' on this machine");
        assertThat(containerizer.termination(ID)).isCompletedWithValueMatching(Termination.Lost.class::isInstance);
    }

    @Test
    void aKillWhileItFetchesMakesTheLaunchFail() throws Exception {
        var requested = new CompletableFuture<Void>();
        var over = new CompletableFuture<Void>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requested.complete(null);
            over.join();
            exchange.close();
        });
        server.start();
        try {
            var uri = CommandInfo.Uri.builder()
                    .value("http://127.0.0.1:" + server.getAddress().getPort() + "/app")
                    .build();
            var launched = containerizer.launch(
                    launch(shell("echo ran").toBuilder().uris(List.of(uri)).build()));
            await(requested);
            containerizer.kill(ID, Signal.KILL);
            assertThatThrownBy(() -> await(launched)).hasCauseInstanceOf(LaunchFailed.class);
            assertThat(end()).isInstanceOf(Termination.Lost.class);
            assertThat(root.resolve("c1")).doesNotExist();
        } finally {
            over.complete(null);
            server.stop(0);
        }
    }

    @Test
    void terminationReachesTheWholeTree() throws Exception {
        Path ready = fifo("ready");
        start(shell("trap 'wait; exit 7' TERM; "
                + "sh -c 'trap \"echo child; exit 0\" TERM; echo up > ready; sleep 1000 & wait' & wait"));
        read(ready);
        containerizer.kill(ID, Signal.TERM);
        assertThat(end()).isEqualTo(new Termination.Exited(7));
        assertThat(output()).isEqualTo("child\n");
    }

    @Test
    void aKillLeavesNothingAlsoNotWhoIgnoredTheTermination() throws Exception {
        Path ready = fifo("ready");
        start(shell("(trap '' TERM; sh -c 'echo $$ > ready; sleep 1000; sleep 1000') & sleep 1000"));
        String grandchild = read(ready);
        containerizer.kill(ID, Signal.TERM);
        end();
        assertThat(isAlive(grandchild)).isFalse();
    }

    @Test
    void aKillEndsAWholeSessionWithOtherGroups() throws Exception {
        Path ready = fifo("ready");
        start(program(
                "/bin/bash",
                "bash",
                "-c",
                "trap '' TERM; set -m; "
                        + "(trap '' TERM; echo $BASHPID > ready; while :; do sleep 1000; done) & wait; wait"));
        String grandchild = read(ready);
        containerizer.kill(ID, Signal.TERM);
        assertThat(isAlive(grandchild)).isTrue();
        containerizer.kill(ID, Signal.KILL);
        assertThat(end()).isEqualTo(new Termination.Signaled(9));
        assertThat(isAlive(grandchild)).isFalse();
    }

    @Test
    void whatACommandLeavesBehindDiesWithIt() throws Exception {
        Path ready = fifo("ready");
        start(shell("sh -c 'echo $$ > ready; exec sleep 1000' & cat ready; exit 3"));
        assertThat(end()).isEqualTo(new Termination.Exited(3));
        assertThat(isAlive(output().strip())).isFalse();
    }

    @Test
    void aDaemonThatLeftTheSessionDiesWithTheContainerWhereThereAreCgroups() throws Exception {
        assumeTrue(!cage().isEmpty(), "no cgroups here");
        Path ready = fifo("ready");
        start(shell("setsid sh -c 'echo $$ > ready; trap \"\" TERM; sleep 1000; sleep 1000' & wait"));
        String daemon = read(ready);
        assertThat(containerizer.usage(ID).orElseThrow().processes()).isGreaterThanOrEqualTo(2);
        containerizer.kill(ID, Signal.KILL);
        assertThat(end()).isEqualTo(new Termination.Signaled(9));
        assertThat(isAlive(daemon)).isFalse();
    }

    @Test
    void usageSumsTheLivingProcesses() throws Exception {
        Path ready = fifo("ready");
        start(shell("sleep 1000 & sleep 1000 & echo up > ready; wait"));
        read(ready);
        var usage = containerizer.usage(ID).orElseThrow();
        assertThat(usage.processes()).isEqualTo(3);
        assertThat(usage.threads()).isEqualTo(3);
        assertThat(usage.rssBytes()).isPositive();
    }

    @Test
    void aTaskOutlivesItsAgentAndTheNextOneHearsHowItEnded() throws Exception {
        Path go = fifo("go");
        launchInAnotherJvm("read x < go; echo done; exit 42");
        List<Recovered> recovered = containerizer.recover();
        assertThat(recovered).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(ID);
            assertThat(one.sandbox()).isEqualTo(sandbox);
            assertThat(one.state()).isInstanceOf(Recovered.State.Running.class);
        });
        CompletableFuture<Termination> termination = containerizer.termination(ID);
        assertThat(termination).isNotDone();
        Files.writeString(go, "now\n");
        assertThat(await(termination)).isEqualTo(new Termination.Exited(42));
        assertThat(output()).isEqualTo("done\n");
    }

    @Test
    void aHaltAmidLaunchesLeavesEachContainerRunOnceOrNever() throws Exception {
        int count = 40;
        haltAmid(count);
        List<Recovered> recovered = containerizer.recover();
        assertThat(recovered).isNotEmpty();
        for (Recovered one : recovered) {
            Termination how = await(containerizer.termination(one.id()));
            String ran = Files.readString(
                    work.resolve("sandboxes").resolve(one.id().value()).resolve("stdout"));
            switch (one.state()) {
                case Recovered.State.NeverStarted _ -> assertThat(ran).isEmpty();
                case Recovered.State.Running _ -> {
                    assertThat(how).isEqualTo(new Termination.Exited(0));
                    assertThat(ran).isEqualTo("ran\n");
                }
                case Recovered.State.Ended(var _) -> assertThat(ran).isIn("", "ran\n");
            }
            containerizer.forget(one.id());
        }
        assertThat(ContainerDirectory.list(root)).isEmpty();
    }

    private void haltAmid(int count) throws Exception {
        String[] arguments = new String[count + 3];
        arguments[0] = root.toString();
        arguments[1] = work.resolve("sandboxes").toString();
        arguments[2] = "echo ran; sleep 0.1";
        for (int i = 0; i < count; i++) {
            arguments[i + 3] = "c" + (i + 2);
        }
        anotherJvm(arguments);
    }

    @Test
    void anAdoptedContainerCanBeKilled() throws Exception {
        launchInAnotherJvm("sleep 1000");
        containerizer.recover();
        containerizer.kill(ID, Signal.KILL);
        assertThat(end()).isEqualTo(new Termination.Signaled(9));
    }

    @Test
    void aContainerThatEndedWhileNobodyWatchedIsRecoveredWithItsStatus() throws Exception {
        start(shell("exit 5"));
        end();
        try (var next = reopen()) {
            assertThat(next.recover())
                    .containsExactly(new Recovered(ID, sandbox, new Recovered.State.Ended(new Termination.Exited(5))));
            assertThat(next.termination(ID)).isCompletedWithValue(new Termination.Exited(5));
        }
    }

    @Test
    void aLaunchWithoutSupervisorIsGivenUpForGood() throws Exception {
        var spec = new ContainerDirectory.Spec(
                ProcessTable.bootId(),
                Files.createDirectories(sandbox),
                Cage.none(),
                null,
                ContainerDirectory.Leader.TASK);
        ContainerDirectory directory =
                ContainerDirectory.create(root, ID, spec, LaunchScript.of(shell("echo ran"), new LinkedHashMap<>()));
        assertThat(containerizer.recover())
                .containsExactly(new Recovered(ID, sandbox, new Recovered.State.NeverStarted()));
        Supervisor.Running late = Supervisor.install(root, Isolation.open(Isolation.Settings.posix()))
                .start(new Supervisor.Order(
                        directory, spec, new Scope.Machine(), Outputs.files(sandbox), null, List.of(), "/bin/sh"));
        assertThat(late.task()).isEmpty();
        Libc.reap(late.pid());
    }

    @Test
    void aContainerOfAnEarlierBootIsLost() throws Exception {
        Files.createDirectories(sandbox);
        ContainerDirectory directory = ContainerDirectory.create(
                root,
                ID,
                new ContainerDirectory.Spec("another-boot", sandbox, Cage.none(), null, ContainerDirectory.Leader.TASK),
                LaunchScript.of(shell("true"), new LinkedHashMap<>()));
        long self = ProcessHandle.current().pid();
        Files.writeString(directory.path().resolve("supervisor"), self + " 1\n");
        Files.writeString(directory.path().resolve("task"), self + " 2\n");
        assertThat(containerizer.recover())
                .singleElement()
                .satisfies(one -> assertThat(one.state())
                        .isEqualTo(new Recovered.State.Ended(
                                new Termination.Lost("The machine was restarted while the container ran"))));
    }

    @Test
    void aProcessWithTheSamePidAndAnotherStartIsNotTheContainer() throws Exception {
        Files.createDirectories(sandbox);
        ContainerDirectory directory = ContainerDirectory.create(
                root,
                ID,
                new ContainerDirectory.Spec(
                        ProcessTable.bootId(), sandbox, Cage.none(), null, ContainerDirectory.Leader.TASK),
                LaunchScript.of(shell("true"), new LinkedHashMap<>()));
        Process bystander = new ProcessBuilder("setsid", "sleep", "1000").start();
        try {
            Files.writeString(directory.path().resolve("supervisor"), bystander.pid() + " 1\n");
            Files.writeString(directory.path().resolve("task"), bystander.pid() + " 1\n");
            assertThat(containerizer.recover())
                    .singleElement()
                    .satisfies(one -> assertThat(one.state()).isInstanceOf(Recovered.State.Ended.class));
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    private void launchInAnotherJvm(String command) throws Exception {
        anotherJvm(
                root.toString(),
                sandbox.getParent().toString(),
                command,
                sandbox.getFileName().toString());
    }

    private static void anotherJvm(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LaunchAndHalt.class.getName()));
        words.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isEqualTo(9);
    }
}
