package org.nucleus.agent.containerizer.docker;

import java.time.Duration;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Usage;
import tools.jackson.databind.JsonNode;

/** The engine's statistics in the agent's units. The engine counts threads and not processes: both are told so. */
final class Statistics {
    /** Without a limit the engine tells the machine's memory, or a number near 2^63. */
    private static final long ABSURD = 1L << 60;

    private Statistics() {}

    static Usage of(JsonNode told) {
        JsonNode cpu = told.path("cpu_stats");
        JsonNode memory = told.path("memory_stats");
        JsonNode details = memory.path("stats");
        long total = memory.path("usage").asLong(0);
        long cache = details.has("total_cache")
                ? details.path("total_cache").asLong(0)
                : details.path("file").asLong(0);
        long rss = details.has("total_rss")
                ? details.path("total_rss").asLong(0)
                : details.path("anon").asLong(0);
        long limit = memory.path("limit").asLong(ABSURD);
        int threads = told.path("pids_stats").path("current").asInt(0);
        return new Usage(
                nanos(cpu.path("cpu_usage"), "usage_in_usermode"),
                nanos(cpu.path("cpu_usage"), "usage_in_kernelmode"),
                rss,
                threads,
                threads,
                new Usage.Memory(total, cache, limit >= ABSURD ? Limits.UNLIMITED : limit),
                throttling(cpu.path("throttling_data")),
                null);
    }

    private static Usage.Throttling throttling(JsonNode told) {
        return new Usage.Throttling(
                told.path("periods").asLong(0),
                told.path("throttled_periods").asLong(0),
                nanos(told, "throttled_time"));
    }

    private static Duration nanos(JsonNode told, String field) {
        return Duration.ofNanos(told.path(field).asLong(0));
    }
}
