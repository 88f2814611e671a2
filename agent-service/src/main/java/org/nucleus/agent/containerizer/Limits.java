package org.nucleus.agent.containerizer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.RLimitInfo.RLimit;

/**
 * What a container asked for, and what it may not exceed. A request of zero asks for nothing.
 *
 * @param cpuThousandths requested thousandths of a CPU
 * @param cpuLimitThousandths never more than these; {@link #UNLIMITED} if it may take what is idle; absent if the
 *     request alone counts
 * @param memoryBytes requested memory
 * @param memoryLimitBytes never more than these; {@link #UNLIMITED} or absent as above
 * @param diskBytes what the sandbox may hold; absent if nobody said
 * @param rlimits of each process, as {@code setrlimit(2)} knows them
 */
public record Limits(
        long cpuThousandths,
        @Nullable Long cpuLimitThousandths,
        long memoryBytes,
        @Nullable Long memoryLimitBytes,
        @Nullable Long diskBytes,
        List<RLimit> rlimits) {
    /** As a limit: none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final Limits NONE = new Limits(0, null, 0, null, null, List.of());

    public Limits {
        rlimits = List.copyOf(rlimits);
    }

    /** The same with what cannot change while a container runs. */
    public Limits with(@Nullable Long disk, List<RLimit> processes) {
        return new Limits(cpuThousandths, cpuLimitThousandths, memoryBytes, memoryLimitBytes, disk, processes);
    }

    /** Nothing asked for, nothing held back. */
    public static Limits none() {
        return NONE;
    }
}
