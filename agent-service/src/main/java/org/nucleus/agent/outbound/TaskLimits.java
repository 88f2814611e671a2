package org.nucleus.agent.outbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.LinuxInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;

/** What the wire says of a task's resources and limits, in the containerizer's words. */
public final class TaskLimits {
    private static final long MIB = 1 << 20;
    private static final long THOUSAND = 1000;

    private TaskLimits() {}

    static Limits of(TaskInfo task) {
        return of(task.resources(), task.limits(), task.container());
    }

    /**
     * Of a framework's own executor at its launch. What it may use with its tasks is granted as they come and go; only
     * those are bounded in disk, which the master has not counted for the executor's sandbox alone.
     */
    static Limits of(ExecutorInfo executor) {
        List<Resource> withoutDisk = executor.resources().stream()
                .filter(resource -> !resource.name().equals("disk"))
                .toList();
        return ofExecutor(withoutDisk, Map.of(), executor.container());
    }

    /** Of a framework's own executor with the tasks in it; one of which nobody asked for memory is not bounded in it. */
    static Limits ofExecutor(
            List<Resource> requested, Map<String, Value.Scalar> limits, @Nullable ContainerInfo container) {
        boolean bounded = Resources.of(requested).thousandths("mem") > 0;
        return of(requested, bounded ? limits : Map.of("mem", new Value.Scalar(Double.POSITIVE_INFINITY)), container);
    }

    /** {@code limits} by resource name, where infinity means none. */
    public static Limits of(
            List<Resource> requested, Map<String, Value.Scalar> limits, @Nullable ContainerInfo container) {
        Resources resources = Resources.of(requested);
        Value.Scalar cpus = limits.get("cpus");
        Value.Scalar mem = limits.get("mem");
        boolean bounded = resources.names().contains("disk");
        return new Limits(
                resources.thousandths("cpus"),
                cpus == null ? null : limit(cpus.value(), THOUSAND),
                bytes(resources.thousandths("mem")),
                mem == null ? null : limit(mem.value(), MIB),
                bounded ? bytes(resources.thousandths("disk")) : null,
                container == null || container.rlimitInfo() == null
                        ? List.of()
                        : container.rlimitInfo().rlimits());
    }

    /** What a task asks for that this agent cannot give it: better said than left out. */
    static Optional<String> impossible(TaskInfo task) {
        if (Resources.of(task.resources()).thousandths("gpus") > 0) {
            return Optional.of("GPUs are not supported by this agent");
        }
        ContainerInfo container = task.container();
        LinuxInfo linux = container == null ? null : container.linuxInfo();
        if (linux == null) {
            return Optional.empty();
        }
        if (linux.seccomp() != null && linux.seccomp().profileName() != null) {
            return Optional.of("seccomp profiles are not supported by this agent");
        }
        boolean capabilities = linux.capabilityInfo() != null
                || linux.boundingCapabilities() != null
                || linux.effectiveCapabilities() != null;
        return capabilities ? Optional.of("Linux capabilities are not supported by this agent") : Optional.empty();
    }

    private static long bytes(long thousandthsOfMebibytes) {
        return thousandthsOfMebibytes * (MIB / 8) / (THOUSAND / 8);
    }

    private static long limit(double value, long unit) {
        return Double.isInfinite(value) ? Limits.UNLIMITED : Math.round(value * unit);
    }
}
