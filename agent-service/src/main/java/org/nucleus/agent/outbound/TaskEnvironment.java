package org.nucleus.agent.outbound;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;

/**
 * The variables a command task sees: a plain PATH, the original's {@code MESOS_…}, the operator's, the command's own;
 * a later one wins. Nothing of the agent's own environment. Source: slave.cpp, executorEnvironment.
 *
 * @param endpoint gives the agent's {@code ip:port}, which is known once it listens
 * @param extra of {@code --executor_environment_variables}
 */
public record TaskEnvironment(Supplier<String> endpoint, Duration shutdownGrace, Map<String, String> extra) {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    SequencedMap<String, String> of(Effect.LaunchContainer launch, Path sandbox) {
        TaskInfo task = launch.run().info();
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.putAll(extra);
        variables.put("MESOS_FRAMEWORK_ID", launch.run().key().framework().value());
        variables.put("MESOS_EXECUTOR_ID", launch.run().key().task().value());
        variables.put("MESOS_DIRECTORY", sandbox.toString());
        variables.put("MESOS_SANDBOX", sandbox.toString());
        variables.put("MESOS_SLAVE_ID", launch.agent().value());
        variables.put("MESOS_SLAVE_PID", "slave(1)@" + endpoint.get());
        variables.put("MESOS_AGENT_ENDPOINT", endpoint.get());
        variables.put("MESOS_CHECKPOINT", launch.framework().checkpoint() ? "1" : "0");
        variables.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
        variables.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", shutdownGrace.toMillis() / 1000.0 + "secs");
        variables.put("LIBPROCESS_PORT", "0");
        task.resources().stream()
                .map(Resource::allocationInfo)
                .filter(allocation -> allocation != null && allocation.role() != null)
                .findFirst()
                .ifPresent(allocation -> variables.put("MESOS_ALLOCATION_ROLE", allocation.role()));
        addCommands(task.command(), variables);
        return variables;
    }

    /** Adds what {@code command} wants to see. */
    static void addCommands(
            @Nullable CommandInfo command, Map<String, String> variables) {
        if (command == null || command.environment() == null) {
            return;
        }
        for (Environment.Variable variable : command.environment().variables()) {
            if (variable.value() != null) {
                variables.put(variable.name(), variable.value());
            } else if (variable.secret() != null && variable.secret().value() != null) {
                byte[] secret = variable.secret().value().data().toByteArray();
                variables.put(variable.name(), new String(secret, StandardCharsets.UTF_8));
            }
        }
    }
}
