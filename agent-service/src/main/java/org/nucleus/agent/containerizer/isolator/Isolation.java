package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.wire.RLimitInfo.RLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this agent isolates its containers by, and with what. */
public final class Isolation {
    private static final Logger log = LoggerFactory.getLogger(Isolation.class);
    private static final Set<Isolator> POSIX = EnumSet.of(Isolator.POSIX_CPU, Isolator.POSIX_MEM);
    private static final Set<Isolator> CGROUPS = EnumSet.of(Isolator.CGROUPS_CPU, Isolator.CGROUPS_MEM);
    private static final int PIDS_DEFAULT = 4096;

    private final Settings settings;
    private final Cgroups cgroups;

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
     */
    public record Settings(
            Set<Isolator> isolators,
            boolean tracking,
            String cgroupsRoot,
            boolean quotaByRequest,
            boolean limitSwap,
            int mostPids,
            boolean enforceDisk,
            Duration diskInterval) {

        /** Measures, and holds nothing back. */
        public static Settings posix() {
            return of(POSIX);
        }

        /** Those isolators, all else as the flags' defaults. */
        public static Settings of(Set<Isolator> isolators) {
            return new Settings(isolators, true, "nucleus", false, false, PIDS_DEFAULT, false, Duration.ofSeconds(15));
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
        try {
            return new Isolation(settings, settings.tracking() ? Cgroups.open(settings) : Cgroups.none());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find out about the cgroups of this machine", e);
        }
    }

    /** CPU and memory by cgroups where this machine allows it; else what only measures, and the log says so. */
    public static Set<Isolator> best(String cgroupsRoot) {
        if (Cgroups.allows(CGROUPS, cgroupsRoot)) {
            return CGROUPS;
        }
        log.atWarn()
                .log("Tasks may use more CPU and memory than they were given: the agent is not root, or this machine"
                        + " offers it no cgroups with the controllers cpu and memory");
        return POSIX;
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

    private static String value(@Nullable Long limit) {
        return limit == null ? "unlimited" : Long.toUnsignedString(limit);
    }
}
