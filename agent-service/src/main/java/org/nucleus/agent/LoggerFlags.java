package org.nucleus.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Rotation;
import org.nucleus.service.flags.FlagsException;
import org.springframework.util.unit.DataSize;

/** The flags about what tasks write. The names of the original's two modules are understood too. */
final class LoggerFlags {
    private static final Pattern OPTIONS = Pattern.compile("\\s*rotate\\s+(\\d{1,4})\\s*");
    private static final long LEAST_BYTES = 4096;

    private LoggerFlags() {}

    /** Absent if files may grow without bound. */
    static @Nullable Rotation rotation(AgentProperties properties) {
        return switch (properties.containerLogger()) {
            case "sandbox", "org_apache_mesos_SandboxContainerLogger" -> null;
            case "logrotate", "org_apache_mesos_LogrotateContainerLogger" ->
                new Rotation(
                        kept("stdout", properties.maxStdoutSize(), properties.logrotateStdoutOptions()),
                        kept("stderr", properties.maxStderrSize(), properties.logrotateStderrOptions()));
            default ->
                throw new FlagsException(
                        "--container_logger must be sandbox or logrotate, not '" + properties.containerLogger() + "'.");
        };
    }

    private static Rotation.Kept kept(String file, DataSize most, String options) {
        if (most.toBytes() < LEAST_BYTES) {
            throw new FlagsException("--max_" + file + "_size must be at least " + LEAST_BYTES + " bytes.");
        }
        if (options.isBlank()) {
            return new Rotation.Kept(most.toBytes(), 0);
        }
        Matcher matcher = OPTIONS.matcher(options);
        if (!matcher.matches()) {
            throw new FlagsException("--logrotate_" + file + "_options may only be 'rotate' and a number, not '"
                    + options + "': this agent rotates by itself, without logrotate.");
        }
        return new Rotation.Kept(most.toBytes(), Integer.parseInt(matcher.group(1)));
    }
}
