package org.nucleus.agent.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Usage;

/** What is written and read, on directories that look like cgroups of either version. */
class AllowanceTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path directory;

    private static Isolation.Settings settings(boolean quotaByRequest, boolean swap) {
        Set<Isolator> all = Isolator.parse("cgroups/all");
        return new Isolation.Settings(
                all, true, "nucleus", quotaByRequest, swap, 100, false, Duration.ofSeconds(1), List.of());
    }

    private static Limits limits(long cpu, @Nullable Long cpuLimit, long memory, @Nullable Long memoryLimit) {
        return new Limits(cpu, cpuLimit, memory * MIB, memoryLimit, null, List.of());
    }

    private Cage v1() throws IOException {
        return cage(
                "cpu.shares", "cpu.cfs_quota_us", "memory.limit_in_bytes", "memory.soft_limit_in_bytes", "pids.max");
    }

    private Cage v2() throws IOException {
        return cage("cpu.weight", "cpu.max", "memory.low", "memory.max", "memory.swap.max", "pids.max");
    }

    private Cage cage(String... files) throws IOException {
        for (String file : files) {
            Files.writeString(directory.resolve(file), file.equals("memory.limit_in_bytes") ? "0" : "max");
        }
        return new Cage(List.of(directory));
    }

    private String content(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void versionOneGetsSharesAndBothMemoryLimits() throws IOException {
        new Allowance(settings(false, false)).grant(v1(), limits(1500, null, 64, null));
        assertThat(content("cpu.shares")).isEqualTo("1536");
        assertThat(content("cpu.cfs_quota_us")).isEqualTo("max");
        assertThat(content("memory.soft_limit_in_bytes")).isEqualTo(Long.toString(64 * MIB));
        assertThat(content("memory.limit_in_bytes")).isEqualTo(Long.toString(64 * MIB));
        assertThat(content("pids.max")).isEqualTo("100");
    }

    @Test
    void littleIsRaisedToTheFloor() throws IOException {
        new Allowance(settings(true, false)).grant(v1(), limits(1, null, 1, null));
        assertThat(content("cpu.shares")).isEqualTo("2");
        assertThat(content("cpu.cfs_quota_us")).isEqualTo("1000");
        assertThat(content("memory.limit_in_bytes")).isEqualTo(Long.toString(32 * MIB));
    }

    @Test
    void limitsOfTheTaskStandAboveItsRequests() throws IOException {
        new Allowance(settings(true, false)).grant(v1(), limits(500, 2000L, 64, 128 * MIB));
        assertThat(content("cpu.shares")).isEqualTo("512");
        assertThat(content("cpu.cfs_quota_us")).isEqualTo("200000");
        assertThat(content("memory.soft_limit_in_bytes")).isEqualTo(Long.toString(64 * MIB));
        assertThat(content("memory.limit_in_bytes")).isEqualTo(Long.toString(128 * MIB));
    }

    @Test
    void infinityIsNoLimit() throws IOException {
        new Allowance(settings(true, false)).grant(v1(), limits(500, Limits.UNLIMITED, 64, Limits.UNLIMITED));
        assertThat(content("cpu.cfs_quota_us")).isEqualTo("-1");
        assertThat(content("memory.limit_in_bytes")).isEqualTo("-1");
    }

    @Test
    void versionTwoGetsWeightAndMax() throws IOException {
        new Allowance(settings(true, true)).grant(v2(), limits(1500, null, 64, null));
        assertThat(content("cpu.weight")).isEqualTo("150");
        assertThat(content("cpu.max")).isEqualTo("150000 100000");
        assertThat(content("memory.low")).isEqualTo(Long.toString(64 * MIB));
        assertThat(content("memory.max")).isEqualTo(Long.toString(64 * MIB));
        assertThat(content("memory.swap.max")).isEqualTo("0");
    }

    @Test
    void versionTwoWritesNoLimitAsMax() throws IOException {
        new Allowance(settings(false, false)).grant(v2(), limits(1, Limits.UNLIMITED, 64, Limits.UNLIMITED));
        assertThat(content("cpu.weight")).isEqualTo("1");
        assertThat(content("cpu.max")).isEqualTo("max 100000");
        assertThat(content("memory.max")).isEqualTo("max");
    }

    @Test
    void aHardLimitInUseIsOnlyRaised() throws IOException {
        Allowance allowance = new Allowance(settings(false, false));
        Cage cage = v1();
        allowance.grant(cage, limits(500, null, 128, null));
        allowance.change(cage, limits(500, null, 64, null));
        assertThat(content("memory.limit_in_bytes")).isEqualTo(Long.toString(128 * MIB));
        assertThat(content("memory.soft_limit_in_bytes")).isEqualTo(Long.toString(64 * MIB));
        allowance.change(cage, limits(500, null, 256, null));
        assertThat(content("memory.limit_in_bytes")).isEqualTo(Long.toString(256 * MIB));
    }

    @Test
    void whoAsksForNothingIsOnlyBoundedInPids() throws IOException {
        new Allowance(settings(true, false)).grant(v1(), Limits.none());
        assertThat(content("cpu.shares")).isEqualTo("max");
        assertThat(content("memory.limit_in_bytes")).isEqualTo("0");
        assertThat(content("pids.max")).isEqualTo("100");
    }

    @Test
    void versionTwoIsReadAsVersionOneIs() throws IOException {
        Cage cage = cage();
        Files.writeString(
                directory.resolve("cpu.stat"),
                "usage_usec 3000\nuser_usec 2000\nsystem_usec 1000\nnr_periods 7\nnr_throttled 5\nthrottled_usec 40\n");
        Files.writeString(directory.resolve("memory.stat"), "anon 4096\nfile 8192\n");
        Files.writeString(directory.resolve("memory.current"), "16384\n");
        Files.writeString(directory.resolve("memory.max"), "max\n");
        Usage usage = Readings.usage(cage, Usage.ofProcesses(Duration.ZERO, Duration.ZERO, 1, 2, 3));
        assertThat(usage)
                .isEqualTo(new Usage(
                        Duration.ofMillis(2),
                        Duration.ofMillis(1),
                        4096,
                        2,
                        3,
                        new Usage.Memory(16_384, 8192, Limits.UNLIMITED),
                        new Usage.Throttling(7, 5, Duration.ofNanos(40_000)),
                        null));
    }

    @Test
    void versionTwoTellsOfVictims() throws IOException {
        Cage cage = cage();
        Files.writeString(directory.resolve("memory.events"), "low 0\nhigh 0\nmax 9\noom 1\noom_kill 0\n");
        assertThat(Readings.outOfMemory(cage)).isEmpty();
        Files.writeString(directory.resolve("memory.events"), "low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n");
        Files.writeString(directory.resolve("memory.max"), Long.toString(64 * MIB));
        Files.writeString(directory.resolve("memory.peak"), Long.toString(64 * MIB));
        Files.writeString(directory.resolve("memory.stat"), "anon 4096");
        assertThat(Readings.outOfMemory(cage))
                .hasValueSatisfying(limited -> assertThat(limited.reason())
                        .isEqualTo("Memory limit exceeded: Requested: 64MB Maximum Used: 64MB\n\n"
                                + "MEMORY STATISTICS: \nanon 4096\n"));
    }
}
