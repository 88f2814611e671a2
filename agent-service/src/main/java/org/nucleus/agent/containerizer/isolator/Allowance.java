package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Limits;

/**
 * What of a container's limits is written where. Source: slave/containerizer/mesos/isolators/cgroups/subsystems,
 * cpu.cpp and memory.cpp; cgroups2/controllers.
 */
final class Allowance {
    private static final long MIB = 1 << 20;
    private static final long LEAST_MEMORY = 32 * MIB;
    private static final long THOUSAND = 1000;
    private static final long SHARES_PER_CPU = 1024;
    private static final long LEAST_SHARES = 2;
    private static final long WEIGHT_PER_CPU = 100;
    private static final long MOST_WEIGHT = 10_000;
    private static final long PERIOD_MICROS = 100_000;
    private static final long LEAST_QUOTA_MICROS = 1000;

    private final Set<Isolator> isolators;
    private final boolean quotaByRequest;
    private final boolean limitSwap;
    private final int mostPids;

    Allowance(Isolation.Settings settings) {
        this.isolators = settings.isolators();
        this.quotaByRequest = settings.quotaByRequest();
        this.limitSwap = settings.limitSwap();
        this.mostPids = settings.mostPids();
    }

    /** Of a new cage. Without any limits, only what holds for all. */
    void grant(Cage cage, Limits limits) throws IOException {
        if (isolators.contains(Isolator.CGROUPS_PIDS) && mostPids > 0) {
            cage.write("pids.max", mostPids);
        }
        if (limits.equals(Limits.none())) {
            return;
        }
        if (isolators.contains(Isolator.CGROUPS_CPU)) {
            grantCpu(cage, limits);
        }
        if (isolators.contains(Isolator.CGROUPS_MEM)) {
            request(cage, limits);
            limitMemory(cage, hardBytes(limits));
        }
    }

    /** Of one that is in use: the hard limit of memory is only ever raised. */
    void change(Cage cage, Limits limits) throws IOException {
        if (isolators.contains(Isolator.CGROUPS_CPU)) {
            grantCpu(cage, limits);
        }
        if (isolators.contains(Isolator.CGROUPS_MEM)) {
            request(cage, limits);
            long hard = hardBytes(limits);
            if (hard > Readings.memoryLimit(cage)) {
                limitMemory(cage, hard);
            }
        }
    }

    private void grantCpu(Cage cage, Limits limits) throws IOException {
        long cpu = limits.cpuThousandths();
        cage.write("cpu.shares", Math.max(LEAST_SHARES, SHARES_PER_CPU * cpu / THOUSAND));
        cage.write("cpu.weight", Math.clamp(WEIGHT_PER_CPU * cpu / THOUSAND, 1, MOST_WEIGHT));
        @Nullable Long quota = quota(limits);
        if (quota == null) {
            return;
        }
        boolean unlimited = quota == Limits.UNLIMITED;
        long micros = unlimited ? -1 : Math.max(LEAST_QUOTA_MICROS, PERIOD_MICROS * quota / THOUSAND);
        cage.write("cpu.cfs_quota_us", micros);
        cage.write("cpu.max", (unlimited ? "max" : Long.toString(micros)) + " " + PERIOD_MICROS);
    }

    private @Nullable Long quota(Limits limits) {
        Long limit = limits.cpuLimitThousandths();
        if (limit != null) {
            return limit;
        }
        return quotaByRequest ? limits.cpuThousandths() : null;
    }

    private static void request(Cage cage, Limits limits) throws IOException {
        long soft = Math.max(LEAST_MEMORY, limits.memoryBytes());
        cage.write("memory.soft_limit_in_bytes", soft);
        cage.write("memory.low", soft);
    }

    private void limitMemory(Cage cage, long hard) throws IOException {
        boolean unlimited = hard == Limits.UNLIMITED;
        Object bytes = unlimited ? -1 : hard;
        boolean raised = hard > Readings.memoryLimit(cage);
        if (limitSwap && raised) {
            // That of memory and swap together may at no moment be the smaller one.
            cage.write("memory.memsw.limit_in_bytes", bytes);
        }
        cage.write("memory.limit_in_bytes", bytes);
        cage.write("memory.max", unlimited ? "max" : bytes);
        if (limitSwap) {
            cage.write("memory.memsw.limit_in_bytes", bytes);
            cage.write("memory.swap.max", unlimited ? "max" : 0);
        }
    }

    private static long hardBytes(Limits limits) {
        Long limit = limits.memoryLimitBytes();
        return Math.max(LEAST_MEMORY, limit == null ? limits.memoryBytes() : limit);
    }
}
