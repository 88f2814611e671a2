package org.nucleus.agent.containerizer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.IsolationRefused;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.agent.fetcher.Fetcher;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.RLimitInfo.RLimit;

/** What containers may not exceed, on this machine's own cgroups. */
class IsolatedContainerTest {
    private static final ContainerId ID = new ContainerId("c1", null);
    private static final long MIB = 1 << 20;
    /** The shell keeps 300 MiB. */
    private static final String HOG = "x=$(yes | head -c 300000000)";

    @TempDir
    private Path work;

    private final List<ProcessContainerizer> opened = new ArrayList<>();
    private @Nullable Isolation isolation;

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (opened.isEmpty()) {
            return;
        }
        ProcessContainerizer last = opened.getLast();
        last.kill(ID, Signal.KILL);
        await(last.termination(ID));
        assertThat(cage(ID).paths()).allSatisfy(path -> assertThat(path).doesNotExist());
        opened.forEach(ProcessContainerizer::close);
    }

    private ProcessContainerizer open(String isolators) throws IOException {
        return open(Isolation.Settings.of(Isolator.parse(isolators)));
    }

    private ProcessContainerizer open(Isolation.Settings settings) throws IOException {
        try {
            isolation = Isolation.open(settings);
        } catch (IsolationRefused e) {
            System.out.println("Skipped: " + e.getMessage());
            return abort(String.valueOf(e.getMessage()));
        }
        var fetcher = new Fetcher(Fetcher.Settings.defaults(), InstantSource.system());
        opened.add(new ProcessContainerizer(work.resolve("containers"), fetcher, true, isolation));
        return opened.getLast();
    }

    private Cage cage(ContainerId id) {
        String name = ContainerDirectory.nameOf(id);
        return Objects.requireNonNull(isolation).cgroups().of(work.resolve("containers"), name, Cage.none());
    }

    private Path sandbox() {
        return work.resolve("sandboxes").resolve("c1");
    }

    private Launch launch(ContainerId id, String command, Limits limits) {
        return new Launch(
                id, CommandInfo.builder().value(command).build(), new LinkedHashMap<>(), sandbox(), null, limits);
    }

    private void start(ProcessContainerizer containerizer, String command, Limits limits) throws Exception {
        await(containerizer.launch(launch(ID, command, limits)));
    }

    private static Limits memory(long mebibytes) {
        return new Limits(100, null, mebibytes * MIB, null, null, List.of());
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Waits until the task writes to the fifo {@code name}, to be made before it starts. */
    private Path fifo(String name) throws Exception {
        Files.createDirectories(sandbox());
        Path fifo = sandbox().resolve(name);
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }

    private static String read(Path fifo) throws Exception {
        var content = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                content.complete(Files.readString(fifo).strip());
            } catch (IOException e) {
                content.completeExceptionally(e);
            }
        });
        return await(content);
    }

    @Test
    void aMemoryHogIsEndedAndSaidToBeOne() throws Exception {
        var containerizer = open("cgroups/cpu,cgroups/mem");
        start(containerizer, HOG, memory(64));
        assertThat(await(containerizer.termination(ID))).isInstanceOfSatisfying(Termination.Limited.class, limited -> {
            assertThat(limited.what()).isEqualTo(Termination.Resource.MEMORY);
            assertThat(limited.bytes()).isBetween(60 * MIB, 64 * MIB);
            assertThat(limited.reason())
                    .startsWith("Memory limit exceeded: Requested: 64MB Maximum Used: 6")
                    .contains("MEMORY STATISTICS:");
        });
    }

    @Test
    void aHogAmongTheChildrenOfACommandEndsTheContainer() throws Exception {
        var containerizer = open("cgroups/mem");
        start(containerizer, "(" + HOG + ") & exec sleep 1000", memory(32));
        assertThat(await(containerizer.termination(ID))).isInstanceOf(Termination.Limited.class);
    }

    @Test
    void aLimitAboveTheRequestIsTheOneThatCounts() throws Exception {
        var containerizer = open("cgroups/mem");
        start(
                containerizer,
                "x=$(yes | head -c 60000000)",
                new Limits(100, null, 32 * MIB, 256 * MIB, null, List.of()));
        assertThat(await(containerizer.termination(ID))).isEqualTo(new Termination.Exited(0));
    }

    @Test
    void aBurnerIsHeldAtItsQuota() throws Exception {
        var containerizer = open("cgroups/cpu");
        Path ready = fifo("ready");
        // Two tenths of a CPU for half a second of work.
        String burn = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo done > ready; exec sleep 1000";
        start(containerizer, burn, new Limits(1000, 200L, 32 * MIB, null, null, List.of()));
        read(ready);
        var usage = containerizer.usage(ID).orElseThrow();
        assertThat(Objects.requireNonNull(usage.throttling()).throttled()).isPositive();
        assertThat(usage.throttling().time()).isPositive();
        assertThat(usage.userTime()).isPositive();
    }

    @Test
    void aForkBombIsBoundedByPids() throws Exception {
        var settings = new Isolation.Settings(
                Isolator.parse("cgroups/pids"),
                true,
                "nucleus",
                false,
                false,
                20,
                false,
                Duration.ofSeconds(15),
                List.of());
        var containerizer = open(settings);
        start(containerizer, "for i in $(seq 40); do sleep 1000 & done; wait", Limits.none());
        await(containerizer.termination(ID));
        assertThat(Files.readString(sandbox().resolve("stderr"))).containsIgnoringCase("fork");
    }

    @Test
    void processesGetTheirRlimits() throws Exception {
        var containerizer = open("posix/rlimits");
        var limits = new Limits(
                0,
                null,
                0,
                null,
                null,
                List.of(new RLimit(RLimit.Type.RLMT_NOFILE, 111L, 99L), new RLimit(RLimit.Type.RLMT_CORE, null, null)));
        start(containerizer, "ulimit -Sn; ulimit -Hn; ulimit -c", limits);
        assertThat(await(containerizer.termination(ID))).isEqualTo(new Termination.Exited(0));
        assertThat(sandbox().resolve("stdout")).hasContent("99\n111\nunlimited");
    }

    @Test
    void rlimitsWithoutTheirIsolatorAreRefused() throws Exception {
        var containerizer = open("posix");
        var limits = new Limits(0, null, 0, null, null, List.of(new RLimit(RLimit.Type.RLMT_NOFILE, 111L, 99L)));
        assertThatThrownBy(() -> start(containerizer, "true", limits))
                .hasCauseInstanceOf(LaunchFailed.class)
                .hasMessageContaining("--isolation=posix/rlimits");
    }

    @Test
    void aSandboxBeyondItsQuotaEndsTheContainer() throws Exception {
        var settings = new Isolation.Settings(
                Isolator.parse("disk/du"), true, "nucleus", false, false, 0, true, Duration.ofMillis(100), List.of());
        var containerizer = open(settings);
        start(
                containerizer,
                "dd if=/dev/zero of=big bs=1M count=12 2>/dev/null; exec sleep 1000",
                new Limits(0, null, 0, null, 8 * MIB, List.of()));
        assertThat(await(containerizer.termination(ID))).isInstanceOfSatisfying(Termination.Limited.class, limited -> {
            assertThat(limited.what()).isEqualTo(Termination.Resource.DISK);
            assertThat(limited.bytes()).isGreaterThan(8 * MIB);
            assertThat(limited.reason()).matches("Disk usage \\(\\d+MB\\) exceeds quota \\(8MB\\)");
        });
    }

    @Test
    void anAdoptedContainerKeepsItsLimits() throws Exception {
        var first = open("cgroups/cpu,cgroups/mem");
        Path go = fifo("go");
        start(first, "read x < go; " + HOG, memory(48));
        first.close();
        var next = open("cgroups/cpu,cgroups/mem");
        assertThat(next.recover())
                .singleElement()
                .satisfies(one -> assertThat(one.state()).isInstanceOf(Recovered.State.Running.class));
        Files.writeString(go, "now\n");
        assertThat(await(next.termination(ID))).isInstanceOf(Termination.Limited.class);
    }

    @Test
    void aRunningContainerCanBeGivenMore() throws Exception {
        var containerizer = open("cgroups/mem");
        Path go = fifo("go");
        start(containerizer, "read x < go; x=$(yes | head -c 60000000)", memory(32));
        containerizer.update(ID, memory(256));
        Files.writeString(go, "now\n");
        assertThat(await(containerizer.termination(ID))).isEqualTo(new Termination.Exited(0));
    }

    @Test
    void aNestedContainerLivesWithinItsParentsLimitsAndTime() throws Exception {
        var containerizer = open("cgroups/cpu,cgroups/mem");
        start(containerizer, "exec sleep 1000", memory(48));
        var hog = new ContainerId("n1", ID);
        await(containerizer.launch(launch(hog, HOG, Limits.none())));
        assertThat(await(containerizer.termination(hog))).isNotInstanceOf(Termination.Exited.class);
        var sleeper = new ContainerId("n2", ID);
        await(containerizer.launch(launch(sleeper, "exec sleep 1000", Limits.none())));
        containerizer.kill(ID, Signal.KILL);
        assertThat(await(containerizer.termination(ID))).isInstanceOf(Termination.class);
        assertThat(await(containerizer.termination(sleeper))).isEqualTo(new Termination.Signaled(9));
    }

    @Test
    void usageIsThatOfTheCgroups() throws Exception {
        var containerizer = open("cgroups/cpu,cgroups/mem");
        Path ready = fifo("ready");
        start(containerizer, "cat /proc/self/stat > /dev/null; echo up > ready; exec sleep 1000", memory(64));
        read(ready);
        var usage = containerizer.usage(ID).orElseThrow();
        assertThat(Objects.requireNonNull(usage.memory()).limitBytes()).isEqualTo(64 * MIB);
        assertThat(usage.memory().totalBytes()).isPositive();
        assertThat(usage.processes()).isEqualTo(1);
    }
}
