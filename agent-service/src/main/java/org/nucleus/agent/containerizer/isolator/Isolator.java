package org.nucleus.agent.containerizer.isolator;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a container can be isolated by, under the names of the original. */
public enum Isolator {
    /** Tells what is used of the CPU; holds nothing back. */
    POSIX_CPU("posix/cpu"),
    /** Tells what is used of the memory; holds nothing back. */
    POSIX_MEM("posix/mem"),
    /** {@code setrlimit(2)} as {@code rlimit_info} asks. */
    POSIX_RLIMITS("posix/rlimits"),
    /** Files are those of the machine: what happens anyway. */
    FILESYSTEM_POSIX("filesystem/posix"),
    /** A mount namespace, in which the agent's directories are hidden and volumes are mounted. */
    FILESYSTEM_LINUX("filesystem/linux"),
    /** A pid namespace, in which the container sees and reaches its own processes only. */
    NAMESPACES_PID("namespaces/pid"),
    /** Comes with mounts of the container's own, as the next but one. */
    VOLUME_HOST_PATH("volume/host_path"),
    /** By links where there are no such mounts: always there. */
    VOLUME_SANDBOX_PATH("volume/sandbox_path"),
    VOLUME_SECRET("volume/secret"),
    /** Always there. */
    ENVIRONMENT_SECRET("environment_secret"),
    /** Measures the sandbox, and bounds it if quotas are enforced. */
    DISK_DU("disk/du"),
    CGROUPS_CPU("cgroups/cpu"),
    CGROUPS_MEM("cgroups/mem"),
    CGROUPS_PIDS("cgroups/pids");

    /** Names that stand for others. */
    private static final Map<String, Set<Isolator>> ALIASES = Map.of(
            "process", EnumSet.of(POSIX_CPU, POSIX_MEM),
            "posix", EnumSet.of(POSIX_CPU, POSIX_MEM),
            "cgroups", EnumSet.of(CGROUPS_CPU, CGROUPS_MEM),
            "cgroups/all", EnumSet.of(CGROUPS_CPU, CGROUPS_MEM, CGROUPS_PIDS),
            "posix/disk", EnumSet.of(DISK_DU));

    /** Names of the original's that this agent has nothing for. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "cgroups/blkio",
            "cgroups/cpuset",
            "cgroups/devices",
            "cgroups/hugetlb",
            "cgroups/net_cls",
            "cgroups/net_prio",
            "cgroups/perf_event",
            "disk/xfs",
            "filesystem/shared",
            "filesystem/windows",
            "docker/runtime",
            "docker/volume",
            "appc/runtime",
            "volume/image",
            "volume/csi",
            "namespaces/ipc",
            "network/cni",
            "network/ports",
            "network/port_mapping",
            "linux/capabilities",
            "linux/devices",
            "linux/nnp",
            "linux/seccomp",
            "gpu/nvidia",
            "windows/cpu",
            "windows/mem");

    private final String label;

    Isolator(String label) {
        this.label = label;
    }

    /** Those that a comma-separated list names; one of CPU and one of memory are always there. */
    public static Set<Isolator> parse(String list) {
        Set<Isolator> isolators = EnumSet.noneOf(Isolator.class);
        for (String name : list.split(",")) {
            isolators.addAll(named(name.strip()));
        }
        if (!isolators.contains(CGROUPS_CPU)) {
            isolators.add(POSIX_CPU);
        }
        if (!isolators.contains(CGROUPS_MEM)) {
            isolators.add(POSIX_MEM);
        }
        refuseWithoutMounts(isolators);
        return isolators;
    }

    private static void refuseWithoutMounts(Set<Isolator> isolators) {
        for (Isolator isolator : List.of(NAMESPACES_PID, VOLUME_HOST_PATH, VOLUME_SECRET)) {
            if (isolators.contains(isolator) && !isolators.contains(FILESYSTEM_LINUX)) {
                throw new IsolationRefused("--isolation=" + isolator.label
                        + " needs filesystem/linux, which the list does not name. Add it.");
            }
        }
    }

    private static Set<Isolator> named(String name) {
        Optional<Isolator> isolator =
                Arrays.stream(values()).filter(each -> each.label.equals(name)).findFirst();
        if (isolator.isPresent()) {
            return EnumSet.of(isolator.get());
        }
        Set<Isolator> meant = ALIASES.get(name);
        if (meant != null) {
            return meant;
        }
        String all = Arrays.stream(values()).map(Isolator::label).collect(Collectors.joining(", "));
        throw new IsolationRefused(
                UNSUPPORTED.contains(name)
                        ? "--isolation=" + name + " is not supported by this agent. Choose among: " + all + "."
                        : "--isolation names an unknown isolator, '" + name + "'. Choose among: " + all + ".");
    }

    /** As {@code --isolation} writes them. */
    public static String list(Set<Isolator> isolators) {
        return isolators.stream().map(Isolator::label).collect(Collectors.joining(","));
    }

    public String label() {
        return label;
    }

    /** The cgroup controllers it needs, by the names of cgroup v1; none if it needs no cgroup. */
    public List<String> controllers() {
        return switch (this) {
            case CGROUPS_CPU -> List.of("cpu", "cpuacct");
            case CGROUPS_MEM -> List.of("memory");
            case CGROUPS_PIDS -> List.of("pids");
            case POSIX_CPU,
                    POSIX_MEM,
                    POSIX_RLIMITS,
                    FILESYSTEM_POSIX,
                    FILESYSTEM_LINUX,
                    NAMESPACES_PID,
                    VOLUME_HOST_PATH,
                    VOLUME_SANDBOX_PATH,
                    VOLUME_SECRET,
                    ENVIRONMENT_SECRET,
                    DISK_DU -> List.of();
        };
    }
}
