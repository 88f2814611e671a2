package org.nucleus.agent.api.operator;

import java.time.Duration;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Usage;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ResourceStatistics;

/** What a container uses and may use, in the original's words. */
final class Statistics {
    private static final double THOUSAND = 1000.0;
    private static final long MIB = 1L << 20;

    private Statistics() {}

    /** @param granted what it was given, which counts where the kernel knows no limit */
    static ResourceStatistics of(Usage usage, Resources granted, double timestamp) {
        var statistics = ResourceStatistics.builder()
                .timestamp(timestamp)
                .processes(usage.processes())
                .threads(usage.threads())
                .cpusUserTimeSecs(seconds(usage.userTime()))
                .cpusSystemTimeSecs(seconds(usage.systemTime()))
                .cpusLimit(granted.thousandths("cpus") / THOUSAND)
                .memRssBytes(usage.rssBytes())
                .memLimitBytes(granted.thousandths("mem") / 1000 * MIB);
        Usage.Memory memory = usage.memory();
        if (memory != null) {
            statistics.memTotalBytes(memory.totalBytes()).memCacheBytes(memory.cacheBytes());
            if (memory.limitBytes() != Limits.UNLIMITED) {
                statistics.memLimitBytes(memory.limitBytes());
            }
        }
        Usage.Throttling throttling = usage.throttling();
        if (throttling != null) {
            statistics
                    .cpusNrPeriods((int) throttling.periods())
                    .cpusNrThrottled((int) throttling.throttled())
                    .cpusThrottledTimeSecs(seconds(throttling.time()));
        }
        Usage.Disk disk = usage.disk();
        if (disk != null) {
            statistics.diskLimitBytes(disk.limitBytes()).diskUsedBytes(disk.usedBytes());
        }
        return statistics.build();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / THOUSAND;
    }
}
