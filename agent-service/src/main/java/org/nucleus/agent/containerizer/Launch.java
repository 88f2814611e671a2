package org.nucleus.agent.containerizer;

import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;

/**
 * A container to start. Of {@code command} count {@code shell}, {@code value}, {@code arguments} and {@code uris}; its
 * environment and user are already part of the fields below.
 *
 * @param environment all the command sees; nothing is inherited
 * @param sandbox absolute; working directory and home of {@code stdout} and {@code stderr}; created if absent
 * @param user whom to run as; absent means the agent's own user
 */
public record Launch(
        ContainerId id,
        CommandInfo command,
        SequencedMap<String, String> environment,
        Path sandbox,
        @Nullable String user) {
    public Launch {
        environment = Ordered.copyOf(environment);
        sandbox = sandbox.toAbsolutePath().normalize();
    }

    public Launch(ContainerId id, CommandInfo command, Map<String, String> environment, Path sandbox) {
        this(id, command, Ordered.copyOf(environment), sandbox, null);
    }
}
