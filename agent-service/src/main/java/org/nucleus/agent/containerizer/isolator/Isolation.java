package org.nucleus.agent.containerizer.isolator;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.namespace.Namespaces;
import org.nucleus.wire.RLimitInfo.RLimit;

/** What this agent isolates its containers by, and with what. */
public final class Isolation {
    private static final Set<Isolator> POSIX = EnumSet.of(Isolator.POSIX_CPU, Isolator.POSIX_MEM);
    private static final Set<Isolator> CGROUPS = EnumSet.of(Isolator.CGROUPS_CPU, Isolator.CGROUPS_MEM);
    private static final Set<Isolator> NAMESPACES = EnumSet.of(Isolator.FILESYSTEM_LINUX, Isolator.NAMESPACES_PID);
    private static final int PIDS_DEFAULT = 4096;

    private final Settings settings;
    private final Cgroups cgroups;
    private final long machinesMemory = machinesMemory();

    /**
     * What the flags say.
     *
     * @param isolators chosen, or found possible
     * @param tracking whether a cgroup keeps a container's processes together ({@code --launcher=linux})
     * @param cgroupsRoot the name of the directory of all containers in each hierarchy
     * @param quotaByRequest whether a request for CPU is a limit too ({@code --cgroups_enable_cfs})
     * @param limitSwap whether swap counts as memory
     * @param mostPids processes and threads per container; 0 for no limit
     * @param enforceDisk whether a sandbox beyond its quota ends its container
     * @param diskInterval how often sandboxes are measured
     * @param hidden the agent's own directories, which containers with mounts of their own do not see
     */
    public record Settings(
            Set<Isolator> isolators,
            boolean tracking,
            String cgroupsRoot,
            boolean quotaByRequest,
            boolean limitSwap,
            int mostPids,
            boolean enforceDisk,
            Duration diskInterval,
            List<Path> hidden) {
        public Settings {
            hidden = List.copyOf(hidden);
        }

        /** Measures, and holds nothing back. */
        public static Settings posix() {
            return of(POSIX);
        }

        /** Those isolators, all else as the flags' defaults. */
        public static Settings of(Set<Isolator> isolators) {
            return new Settings(
                    isolators, true, "nucleus", false, false, PIDS_DEFAULT, false, Duration.ofSeconds(15), List.of());
        }

        /** The same, hiding {@code directories}. */
        public Settings hiding(List<Path> directories) {
            return new Settings(
                    isolators,
                    tracking,
                    cgroupsRoot,
                    quotaByRequest,
                    limitSwap,
                    mostPids,
                    enforceDisk,
                    diskInterval,
                    directories);
        }
    }

    private Isolation(Settings settings, Cgroups cgroups) {
        this.settings = settings;
        this.cgroups = cgroups;
    }

    /** Throws {@link IsolationRefused} if this machine does not allow what the settings name. */
    public static Isolation open(Settings settings) {
        boolean controls = settings.isolators().stream()
                .anyMatch(isolator -> !isolator.controllers().isEmpty());
        if (controls && !settings.tracking()) {
            throw new IsolationRefused("--isolation=" + Isolator.list(settings.isolators())
                    + " needs cgroups, which --launcher=posix does without. Use --launcher=linux.");
        }
        if (settings.isolators().contains(Isolator.FILESYSTEM_LINUX) && !Namespaces.allowed()) {
            throw new IsolationRefused("--isolation=" + Isolator.FILESYSTEM_LINUX.label()
                    + " may not be used: this process may not make mount and pid namespaces, or the kernel is older than"
                    + " 5.12. Run the agent as root with CAP_SYS_ADMIN, or choose another isolation.");
        }
        try {
            return new Isolation(settings, settings.tracking() ? Cgroups.open(settings) : Cgroups.none());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find out about the cgroups of this machine", e);
        }
    }

    /** All that this machine allows of what holds tasks back without being asked for more. */
    public static Set<Isolator> best(String cgroupsRoot, boolean tracking) {
        Set<Isolator> best = EnumSet.of(Isolator.POSIX_RLIMITS);
        boolean cgroups = tracking && Cgroups.allows(CGROUPS, cgroupsRoot);
        best.addAll(cgroups ? CGROUPS : POSIX);
        if (cgroups && Cgroups.allows(EnumSet.of(Isolator.CGROUPS_PIDS), cgroupsRoot)) {
            best.add(Isolator.CGROUPS_PIDS);
        }
        if (Namespaces.allowed()) {
            best.addAll(NAMESPACES);
        }
        return best;
    }

    /** What it does without, a sentence each. */
    public List<String> lacking() {
        List<String> sentences = new ArrayList<>();
        lack(Isolator.CGROUPS_CPU, "Tasks may use more CPU than they were given", sentences);
        lack(Isolator.CGROUPS_MEM, "Tasks may use more memory than they were given", sentences);
        lack(Isolator.CGROUPS_PIDS, "Tasks may start any number of processes", sentences);
        lack(Isolator.FILESYSTEM_LINUX, "Tasks see the agent's directories, and get no volumes but links", sentences);
        lack(Isolator.NAMESPACES_PID, "Tasks see the processes of others", sentences);
        if (!has(Isolator.DISK_DU) || !settings.enforceDisk()) {
            sentences.add("Sandboxes may hold more than the disk their tasks were given"
                    + " (disk/du with --enforce_container_disk_quota)");
        }
        if (!settings.tracking() && !has(Isolator.NAMESPACES_PID)) {
            sentences.add("Daemons that leave their task's session outlive it (--launcher=linux)");
        }
        return sentences;
    }

    private void lack(Isolator isolator, String sentence, List<String> sentences) {
        if (!has(isolator)) {
            sentences.add(sentence + " (" + isolator.label() + ")");
        }
    }

    public Settings settings() {
        return settings;
    }

    public Cgroups cgroups() {
        return cgroups;
    }

    public boolean has(Isolator isolator) {
        return settings.isolators().contains(isolator);
    }

    /**
     * How readily the kernel ends the container when the machine's memory is short, from what it asked for against
     * what the machine has; absent unless it may use more than it asked for, or if memory is not held back. Source:
     * calculateOOMScoreAdj in isolators/cgroups/subsystems/memory.cpp, which follows Kubernetes' burstable pods.
     */
    public @Nullable Integer oomScore(Limits limits) {
        Long limit = limits.memoryLimitBytes();
        if (!has(Isolator.CGROUPS_MEM) || limit == null || limit <= limits.memoryBytes() || limits.memoryBytes() == 0) {
            return null;
        }
        long part = 1000 * limits.memoryBytes() / machinesMemory;
        return (int) Math.clamp(1000 - part, 3, 999);
    }

    /** The words before a command that make it run with the resource limits asked for; none if none are. */
    public List<String> rlimits(Limits limits) throws LaunchFailed {
        if (limits.rlimits().isEmpty()) {
            return List.of();
        }
        if (!has(Isolator.POSIX_RLIMITS)) {
            throw new LaunchFailed("The task asks for rlimit_info, but the agent runs without --isolation="
                    + Isolator.POSIX_RLIMITS.label());
        }
        List<String> words = new ArrayList<>(List.of("prlimit"));
        for (RLimit limit : limits.rlimits()) {
            words.add(word(limit));
        }
        return words;
    }

    /** Source: slave/containerizer/mesos/isolators/posix/rlimits.cpp and posix/rlimits.cpp. */
    private static String word(RLimit limit) throws LaunchFailed {
        RLimit.Type type = limit.type();
        if (type == null || type == RLimit.Type.UNKNOWN) {
            throw new LaunchFailed("A limit of rlimit_info has no type that this agent knows");
        }
        @Nullable Long soft = limit.soft();
        @Nullable Long hard = limit.hard();
        if (soft == null ^ hard == null) {
            throw new LaunchFailed("Limit " + type + " of rlimit_info must set both soft and hard, or neither");
        }
        if (soft != null && hard != null && Long.compareUnsigned(soft, hard) > 0) {
            throw new LaunchFailed("Limit " + type + " of rlimit_info has a soft limit above its hard limit");
        }
        String name = type.name().substring("RLMT_".length()).toLowerCase(Locale.ROOT);
        return "--" + name + "=" + value(soft) + ":" + value(hard);
    }

    private static long machinesMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(1, system.getTotalMemorySize())
                : Long.MAX_VALUE;
    }

    private static String value(@Nullable Long limit) {
        return limit == null ? "unlimited" : Long.toUnsignedString(limit);
    }
}
