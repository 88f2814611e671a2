package org.nucleus.agent.containerizer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a container uses. With cgroups, times are of all its processes that ever ran, and memory is charged once;
 * without, {@code rssBytes} counts pages that processes share once for each, and the time of processes that have ended
 * counts once their parent has waited for them.
 *
 * @param memory absent without a memory cgroup
 * @param throttling absent without a cpu cgroup
 * @param disk absent unless the sandbox is measured
 */
public record Usage(
        Duration userTime,
        Duration systemTime,
        long rssBytes,
        int processes,
        int threads,
        @Nullable Memory memory,
        @Nullable Throttling throttling,
        @Nullable Disk disk) {

    /** {@code totalBytes} holds the cached files too; without limit, {@code limitBytes} is {@link Limits#UNLIMITED}. */
    public record Memory(long totalBytes, long cacheBytes, long limitBytes) {}

    /** In {@code throttled} of {@code periods} the CPU quota was used up, which made threads wait for {@code time}. */
    public record Throttling(long periods, long throttled, Duration time) {}

    /** What the sandbox held when last looked at, and may hold. */
    public record Disk(long usedBytes, long limitBytes) {}

    /** What {@code /proc} tells. */
    public static Usage ofProcesses(Duration userTime, Duration systemTime, long rssBytes, int processes, int threads) {
        return new Usage(userTime, systemTime, rssBytes, processes, threads, null, null, null);
    }

    /** The same with what was measured of the sandbox. */
    public Usage with(@Nullable Disk measured) {
        return new Usage(userTime, systemTime, rssBytes, processes, threads, memory, throttling, measured);
    }
}
