package org.nucleus.agent.containerizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Value;

/**
 * A container to start. Of {@code command} count {@code shell}, {@code value}, {@code arguments} and {@code uris}; its
 * environment and user are already part of the fields below.
 *
 * @param environment all the command sees; nothing is inherited
 * @param sandbox absolute; working directory and home of {@code stdout} and {@code stderr}; created if absent
 * @param user whom to run as; absent means the agent's own user
 * @param limits what it may use, as far as the agent's isolation covers it
 * @param streams where its standard streams lead; absent for no input and files in the sandbox
 * @param surroundings volumes, and whether it sees the machine's processes
 * @param docker the image it is to run in, and what it asks of the engine; absent for a container of this machine
 */
public record Launch(
        ContainerId id,
        CommandInfo command,
        SequencedMap<String, String> environment,
        Path sandbox,
        @Nullable String user,
        Limits limits,
        @Nullable Streams streams,
        Surroundings surroundings,
        @Nullable Docker docker) {
    /** Asks for a Docker container: {@code ports} are those of the host it may publish. */
    public record Docker(ContainerInfo info, List<Value.Range> ports) {
        public Docker {
            ports = List.copyOf(ports);
        }
    }

    /** Files, or named pipes or a terminal that the agent has open. */
    public record Streams(Path stdin, Path stdout, Path stderr) {
        /** The usual ones: no input, and files in the sandbox. */
        public static Streams files(Path sandbox) {
            return new Streams(Path.of("/dev/null"), sandbox.resolve("stdout"), sandbox.resolve("stderr"));
        }
    }

    public Launch {
        environment = Ordered.copyOf(environment);
        sandbox = sandbox.toAbsolutePath().normalize();
    }

    public Launch(
            ContainerId id,
            CommandInfo command,
            SequencedMap<String, String> environment,
            Path sandbox,
            @Nullable String user,
            Limits limits,
            @Nullable Streams streams) {
        this(id, command, environment, sandbox, user, limits, streams, Surroundings.usual());
    }

    public Launch(
            ContainerId id,
            CommandInfo command,
            SequencedMap<String, String> environment,
            Path sandbox,
            @Nullable String user,
            Limits limits) {
        this(id, command, environment, sandbox, user, limits, null);
    }

    public Launch(
            ContainerId id,
            CommandInfo command,
            SequencedMap<String, String> environment,
            Path sandbox,
            @Nullable String user,
            Limits limits,
            @Nullable Streams streams,
            Surroundings surroundings) {
        this(id, command, environment, sandbox, user, limits, streams, surroundings, null);
    }

    /** The same in other surroundings. */
    public Launch in(Surroundings other) {
        return new Launch(id, command, environment, sandbox, user, limits, streams, other, docker);
    }

    /** The same in a Docker container; absent for a container of this machine. */
    public Launch in(@Nullable Docker other) {
        return new Launch(id, command, environment, sandbox, user, limits, streams, surroundings, other);
    }

    /** Without limits of its own. */
    public Launch(
            ContainerId id,
            CommandInfo command,
            SequencedMap<String, String> environment,
            Path sandbox,
            @Nullable String user) {
        this(id, command, environment, sandbox, user, Limits.none());
    }

    public Launch(ContainerId id, CommandInfo command, Map<String, String> environment, Path sandbox) {
        this(id, command, Ordered.copyOf(environment), sandbox, null);
    }
}
