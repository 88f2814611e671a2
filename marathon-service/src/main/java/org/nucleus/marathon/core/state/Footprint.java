package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/**
 * What one instance takes: thousandths of a core, and of a MiB of memory and disk; whole GPUs.
 *
 * @param cpuLimit up to how many cores it may burst; infinite: all there are; absent: its own
 * @param memLimit up to how many MiB, likewise
 */
public record Footprint(
        long cpus,
        long mem,
        long disk,
        int gpus,
        @Nullable Double cpuLimit,
        @Nullable Double memLimit) {
    public Footprint(long cpus, long mem, long disk, int gpus) {
        this(cpus, mem, disk, gpus, null, null);
    }

    public Footprint plus(Footprint other) {
        return new Footprint(cpus + other.cpus, mem + other.mem, disk + other.disk, gpus + other.gpus);
    }
}
