package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Rotation;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.IsolationRefused;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/**
 * Tasks that do what tasks should not, on real processes and cgroups, with and without namespaces: each is contained
 * and explained, and leaves no process, cgroup, mount or file but its sandbox.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(
        strings = {
            "cgroups/all,disk/du,posix/rlimits",
            "cgroups/all,disk/du,posix/rlimits,filesystem/linux,namespaces/pid",
            "posix,disk/du,posix/rlimits,filesystem/linux,namespaces/pid"
        })
class UnrulyTaskTest {
    private static final ContainerId ID = new ContainerId("unruly", null);
    private static final long MIB = 1 << 20;
    private static final int PIDS = 40;

    @TempDir
    private Path work;

    private final String isolators;
    private @Nullable ProcessContainerizer opened;

    UnrulyTaskTest(String isolators) {
        this.isolators = isolators;
    }

    @BeforeEach
    void open() throws IOException {
        open(null);
    }

    private void open(@Nullable Rotation rotation) throws IOException {
        var settings = new Isolation.Settings(
                Isolator.parse(isolators),
                true,
                "nucleus",
                false,
                false,
                PIDS,
                true,
                Duration.ofMillis(100),
                List.of(work));
        try {
            var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
            opened = new ProcessContainerizer(
                    work.resolve("containers"), fetcher, true, Isolation.open(settings), rotation);
        } catch (IsolationRefused e) {
            System.out.println("Skipped: " + e.getMessage());
            abort(String.valueOf(e.getMessage()));
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (opened == null) {
            return;
        }
        opened.kill(ID, Signal.KILL);
        await(opened.termination(ID));
        opened.forget(ID);
        opened.close();
        assertThat(processes()).as("processes").isEmpty();
        assertThat(cgroups()).as("cgroups").isEmpty();
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts")))
                .as("mounts")
                .noneMatch(line -> line.contains(work.toString()));
        try (Stream<Path> files = Files.list(work.resolve("containers"))) {
            assertThat(files.filter(Files::isDirectory)).as("files").isEmpty();
        }
    }

    /** Those that stand in the agent's directory or have a file of it open, whatever became of their cgroup. */
    private List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        String self = Long.toString(ProcessHandle.current().pid());
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                if (!process.endsWith(self) && places(process).anyMatch(place -> place.startsWith(work))) {
                    found.add(process + " "
                            + ProcessTable.commandLine(
                                    Long.parseLong(process.getFileName().toString())));
                }
            }
        }
        return found;
    }

    private static Stream<Path> places(Path process) {
        List<Path> links = new ArrayList<>(List.of(process.resolve("cwd")));
        try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            descriptors.forEach(links::add);
        } catch (IOException e) {
            return Stream.empty(); // gone meanwhile
        }
        return links.stream().flatMap(link -> {
            try {
                return Stream.of(Files.readSymbolicLink(link));
            } catch (IOException e) {
                return Stream.empty(); // closed meanwhile
            }
        });
    }

    private List<Path> cgroups() throws IOException {
        Path root = Path.of("/sys/fs/cgroup");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        String mine = "%08x-".formatted(work.resolve("containers").hashCode());
        try (Stream<Path> all =
                Files.find(root, 4, (path, _) -> path.getFileName().toString().startsWith(mine))) {
            return all.toList();
        } catch (UncheckedIOException e) {
            return cgroups(); // somebody else's went away meanwhile
        }
    }

    private ProcessContainerizer containerizer() {
        return Objects.requireNonNull(opened);
    }

    private Path sandbox() {
        return work.resolve("sandboxes").resolve("unruly");
    }

    private void start(String command, Limits limits) throws Exception {
        await(containerizer()
                .launch(new Launch(
                        ID,
                        CommandInfo.builder().value(command).build(),
                        new LinkedHashMap<>(Map.of("PATH", "/usr/bin:/bin")),
                        sandbox(),
                        null,
                        limits)));
    }

    private Termination end() throws Exception {
        return await(containerizer().termination(ID));
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private void needs(String isolator) {
        assumeTrue(isolators.contains(isolator), "without " + isolator);
    }

    private static Limits memory(long mebibytes) {
        return new Limits(500, null, mebibytes * MIB, null, null, List.of());
    }

    private Path fifo(String name) throws Exception {
        Files.createDirectories(sandbox());
        Path fifo = sandbox().resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }

    private static void read(Path fifo) throws Exception {
        var content = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                content.complete(Files.readString(fifo));
            } catch (IOException e) {
                content.completeExceptionally(e);
            }
        });
        await(content);
    }

    @Test
    void aMemoryHog() throws Exception {
        needs("cgroups");
        start("x=$(yes | head -c 300000000)", memory(64));
        assertThat(end()).isInstanceOfSatisfying(Termination.Limited.class, limited -> {
            assertThat(limited.what()).isEqualTo(Termination.Resource.MEMORY);
            assertThat(limited.bytes()).isBetween(60 * MIB, 64 * MIB);
            assertThat(limited.reason()).startsWith("Memory limit exceeded: Requested: 64MB Maximum Used: 6");
        });
    }

    @Test
    void aForkBomb() throws Exception {
        needs("cgroups");
        // A shell that cannot fork gives up: sooner or later the first one of them.
        start("bomb() { while :; do bomb & done; }; bomb", memory(256));
        assertThat(end()).isInstanceOf(Termination.Exited.class);
        assertThat(sandbox().resolve("stderr")).content().containsIgnoringCase("fork");
    }

    @Test
    void aCpuBurner() throws Exception {
        needs("cgroups");
        Path up = fifo("up");
        Path enough = fifo("enough");
        start(
                "for i in 1 2 3; do while :; do :; done & done; echo > up; sleep 4; echo > enough; wait",
                new Limits(100, 200L, 64 * MIB, null, null, List.of()));
        read(up);
        long before = System.nanoTime();
        Usage first = containerizer().usage(ID).orElseThrow();
        long begin = System.nanoTime();
        read(enough);
        long end = System.nanoTime();
        Usage last = containerizer().usage(ID).orElseThrow();
        double used = cpu(last) - cpu(first);
        assertThat(used / (System.nanoTime() - before)).isLessThan(0.2 * 1.1);
        Usage.Throttling early = Objects.requireNonNull(first.throttling());
        Usage.Throttling late = Objects.requireNonNull(last.throttling());
        if (late.throttled() - early.throttled() > 0.95 * (late.periods() - early.periods())) {
            // Nobody else kept it from its quota.
            assertThat(used / (end - begin)).isGreaterThan(0.2 * 0.9);
        }
    }

    private static double cpu(Usage usage) {
        return usage.userTime().plus(usage.systemTime()).toNanos();
    }

    @Test
    void aDiskFiller() throws Exception {
        start(
                "dd if=/dev/zero of=big bs=1M count=12 2>/dev/null; exec sleep 1000",
                new Limits(100, null, 64 * MIB, null, 8 * MIB, List.of()));
        assertThat(end()).isInstanceOfSatisfying(Termination.Limited.class, limited -> {
            assertThat(limited.what()).isEqualTo(Termination.Resource.DISK);
            assertThat(limited.reason()).matches("Disk usage \\(\\d+MB\\) exceeds quota \\(8MB\\)");
        });
    }

    @Test
    void aGigabyteOnStandardOutput() throws Exception {
        containerizer().close();
        open(new Rotation(new Rotation.Kept(4 * MIB, 2), new Rotation.Kept(4 * MIB, 0)));
        // Cached pages of what was written count as memory, and must be given back under its limit.
        start("head -c 1000000000 /dev/zero; echo end; echo said >&2", memory(64));
        assertThat(end()).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox().resolve("stdout")).content().endsWith("\0end\n");
        assertThat(sandbox().resolve("stderr")).hasContent("said");
        assertThat(Files.size(sandbox().resolve("stdout.1"))).isEqualTo(4 * MIB);
        assertThat(Files.size(sandbox().resolve("stdout.2"))).isEqualTo(4 * MIB);
        try (Stream<Path> files = Files.list(sandbox())) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void aDaemoniser() throws Exception {
        Path up = fifo("up");
        start("(setsid sh -c '(setsid sh -c \"echo > up; exec sleep 1000\" &) ; exit' &); cat up; exit 4", memory(64));
        assertThat(end()).isEqualTo(new Termination.Exited(4));
        assertThat(up).exists();
    }

    @Test
    void aTaskThatIgnoresTheTermSignal() throws Exception {
        Path up = fifo("up");
        Path termed = fifo("termed");
        start("trap 'echo > termed' TERM; echo > up; while :; do sleep 1000 & wait; done", memory(64));
        read(up);
        containerizer().kill(ID, Signal.TERM);
        read(termed);
        containerizer().kill(ID, Signal.KILL);
        assertThat(end()).isEqualTo(new Termination.Signaled(9));
    }

    @Test
    void aZombieMaker() throws Exception {
        Path up = fifo("up");
        start(
                "for i in 1 2 3 4 5 6 7 8 9; do sh -c 'exit 0' & done; exec sh -c 'echo > up; exec sleep 1000'",
                memory(64));
        read(up);
        containerizer().kill(ID, Signal.KILL);
        assertThat(end()).isEqualTo(new Termination.Signaled(9));
    }

    @Test
    void aTaskThatClosesAllItsDescriptors() throws Exception {
        start("for i in 0 1 2 3 4 5 6 7 8 9; do eval \"exec $i<&-\"; done; exit 3", memory(64));
        assertThat(end()).isEqualTo(new Termination.Exited(3));
    }

    @Test
    void aTaskThatKillsItsSupervisor() throws Exception {
        start("kill -9 $PPID; exec sleep 1000", memory(64));
        if (isolators.contains("namespaces")) {
            containerizer().kill(ID, Signal.KILL);
        }
        Termination end = end();
        assertThat(end).isIn(new Termination.Signaled(9), lost());
    }

    private static Termination lost() {
        return new Termination.Lost(
                "The supervisor of container 'unruly' was killed; how its command ended is not known");
    }

    @Test
    void aTaskThatRemovesItsSandbox() throws Exception {
        start("rm -rf \"$PWD\" 2>/dev/null; rm -rf ./* ; exit 5", memory(64));
        assertThat(end()).isEqualTo(new Termination.Exited(5));
        assertThat(Files.exists(work.resolve("containers"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void aTaskThatMakesCgroupsOfItsOwn() throws Exception {
        needs("cgroups");
        start(
                "c=/sys/fs/cgroup/memory$(sed -n 's/.*:memory://p' /proc/self/cgroup); mkdir $c/own"
                        + " && sh -c \"echo 0 > $c/own/cgroup.procs; exec sleep 1000\" & sleep 0.3; exit 6",
                memory(64));
        assertThat(end()).isEqualTo(new Termination.Exited(6));
    }
}
