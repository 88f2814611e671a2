package org.nucleus.agent.containerizer.docker;

import org.nucleus.agent.containerizer.Limits;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Limits in the engine's units. Source: docker/docker.cpp, Docker::RunOptions::create. */
final class EngineLimits {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long SHARES_PER_CPU = 1024;
    private static final long LEAST_SHARES = 2;
    private static final long PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA_MICROS = 1000;
    private static final long LEAST_MEMORY = 32L << 20;
    private static final long THOUSAND = 1000;

    private EngineLimits() {}

    /** @param quotas whether a request of the CPU without a limit is the limit */
    static ObjectNode of(Limits limits, boolean quotas) {
        ObjectNode host = JSON.createObjectNode();
        long cpu = limits.cpuThousandths();
        if (cpu > 0) {
            host.put("CpuShares", Math.max(LEAST_SHARES, cpu * SHARES_PER_CPU / THOUSAND));
        }
        Long most = limits.cpuLimitThousandths() != null
                ? limits.cpuLimitThousandths()
                : quotas && cpu > 0 ? Long.valueOf(cpu) : null;
        if (most != null && isBound(most)) {
            host.put("CpuPeriod", PERIOD_MICROS);
            host.put("CpuQuota", Math.max(LEAST_QUOTA_MICROS, most * PERIOD_MICROS / THOUSAND));
        }
        memory(limits, host);
        return host;
    }

    private static void memory(Limits limits, ObjectNode host) {
        long requested = limits.memoryBytes();
        Long limit = limits.memoryLimitBytes();
        if (limit == null) {
            if (requested > 0) {
                host.put("Memory", Math.max(LEAST_MEMORY, requested));
            }
            return;
        }
        if (isBound(limit)) {
            host.put("Memory", Math.max(LEAST_MEMORY, limit));
        }
        if (requested > 0) {
            host.put("MemoryReservation", Math.max(LEAST_MEMORY, requested));
        }
    }

    private static boolean isBound(long limit) {
        return limit != Limits.UNLIMITED;
    }
}
