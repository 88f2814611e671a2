package org.nucleus.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.isolator.Isolation;
import org.nucleus.agent.containerizer.isolator.IsolationRefused;
import org.nucleus.agent.containerizer.isolator.Isolator;
import org.nucleus.service.flags.FlagsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The flags about how tasks are held back, and what the agent makes of them. */
final class IsolationFlags {
    private static final Logger log = LoggerFactory.getLogger(IsolationFlags.class);

    private IsolationFlags() {}

    /** Refuses what is unknown or impossible here, and says once what is done without. */
    static Isolation open(AgentProperties properties) {
        if (properties.runtimeDir() != null) {
            log.atWarn()
                    .addKeyValue("runtime_dir", properties.runtimeDir())
                    .log("--runtime_dir has no effect: what the agent keeps of running tasks is in its work_dir");
        }
        try {
            Isolation isolation = Isolation.open(settings(properties));
            log.atInfo()
                    .addKeyValue("isolation", Isolator.list(isolation.settings().isolators()))
                    .log("Isolating tasks");
            isolation
                    .lacking()
                    .forEach(sentence ->
                            log.atWarn().addKeyValue("without", sentence).log("Isolation is not complete"));
            return isolation;
        } catch (IsolationRefused e) {
            throw new FlagsException(String.valueOf(e.getMessage()));
        }
    }

    private static Isolation.Settings settings(AgentProperties properties) {
        boolean tracking = tracking(properties.launcher());
        return new Isolation.Settings(
                isolators(properties, tracking),
                tracking,
                properties.cgroupsRoot(),
                properties.cgroupsEnableCfs(),
                properties.cgroupsLimitSwap(),
                properties.containerPidsMax(),
                properties.enforceContainerDiskQuota(),
                properties.containerDiskWatchInterval(),
                hidden(properties));
    }

    /** What is nobody's but the agent's. Without a work_dir it does not start. */
    private static List<Path> hidden(AgentProperties properties) {
        String workDir = properties.workDir();
        return workDir == null
                ? List.of()
                : List.of(Path.of(workDir).toAbsolutePath().normalize());
    }

    private static Set<Isolator> isolators(AgentProperties properties, boolean tracking) {
        String asked = properties.isolation();
        if (asked != null && !asked.isBlank()) {
            return Isolator.parse(asked);
        }
        return Isolation.best(properties.cgroupsRoot(), tracking);
    }

    private static boolean tracking(@Nullable String launcher) {
        return switch (launcher) {
            case null -> true;
            case "linux" -> true;
            case "posix" -> false;
            default -> throw new FlagsException("--launcher must be linux or posix, not '" + launcher + "'.");
        };
    }
}
