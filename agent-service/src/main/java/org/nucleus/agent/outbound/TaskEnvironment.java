package org.nucleus.agent.outbound;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;

/**
 * The variables a task or an executor sees: a plain PATH, the operator's, the original's {@code MESOS_…}, the
 * command's own; a later one wins. Nothing of the agent's own environment. Source: slave.cpp, executorEnvironment.
 *
 * @param endpoint gives the agent's {@code ip:port}, which is known once it listens
 * @param recoveryTimeout for which an executor waits for a lost agent
 * @param extra of {@code --executor_environment_variables}
 */
public record TaskEnvironment(
        Supplier<String> endpoint, Duration shutdownGrace, Duration recoveryTimeout, Map<String, String> extra) {
    private static final Duration SUBSCRIPTION_BACKOFF_MOST = Duration.ofSeconds(2);
    private static final List<Unit> UNITS = List.of(
            new Unit("weeks", Duration.ofDays(7).toNanos()),
            new Unit("days", Duration.ofDays(1).toNanos()),
            new Unit("hrs", Duration.ofHours(1).toNanos()),
            new Unit("mins", Duration.ofMinutes(1).toNanos()),
            new Unit("secs", Duration.ofSeconds(1).toNanos()),
            new Unit("ms", 1_000_000),
            new Unit("us", 1_000));
    /** What a command of this machine finds, and an image knows better. */
    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private record Unit(String name, long nanos) {}

    SequencedMap<String, String> of(Effect.LaunchContainer launch, Path sandbox) {
        return of(launch.agent(), launch.framework(), launch.run(), sandbox);
    }

    /** What a task in a container of its own sees, and whoever looks after it there. */
    SequencedMap<String, String> of(AgentId agent, FrameworkInfo framework, TaskRun run, Path sandbox) {
        TaskInfo task = run.info();
        SequencedMap<String, String> variables = common(agent, framework, run.executorKey(), sandbox);
        if (run.runner() instanceof Runner.Pod) {
            variables.put("MESOS_TASK_ID", run.key().task().value());
        }
        variables.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", text(shutdownGrace));
        addRole(task.resources(), variables);
        addCommands(task.command(), variables);
        return variables;
    }

    /** What a framework's own executor needs to find and keep its agent. */
    SequencedMap<String, String> of(Effect.LaunchExecutor launch, Path sandbox) {
        ExecutorInfo executor = launch.run().info();
        SequencedMap<String, String> variables =
                common(launch.agent(), launch.framework(), launch.run().key(), sandbox);
        DurationInfo own = executor.shutdownGracePeriod();
        variables.put(
                "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD",
                text(own == null ? shutdownGrace : Duration.ofNanos(own.nanoseconds())));
        if (launch.framework().checkpoint()) {
            variables.put("MESOS_RECOVERY_TIMEOUT", text(recoveryTimeout));
            variables.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", text(SUBSCRIPTION_BACKOFF_MOST));
        }
        addRole(executor.resources(), variables);
        addCommands(executor.command(), variables);
        return variables;
    }

    private SequencedMap<String, String> common(
            AgentId agent, FrameworkInfo framework, ExecutorKey executor, Path sandbox) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", PATH);
        variables.putAll(extra);
        variables.put("MESOS_FRAMEWORK_ID", executor.framework().value());
        variables.put("MESOS_EXECUTOR_ID", executor.executor().value());
        variables.put("MESOS_DIRECTORY", sandbox.toString());
        variables.put("MESOS_SANDBOX", sandbox.toString());
        variables.put("MESOS_SLAVE_ID", agent.value());
        variables.put("MESOS_SLAVE_PID", "slave(1)@" + endpoint.get());
        variables.put("MESOS_AGENT_ENDPOINT", endpoint.get());
        variables.put("MESOS_CHECKPOINT", framework.checkpoint() ? "1" : "0");
        variables.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
        variables.put("LIBPROCESS_PORT", "0");
        return variables;
    }

    private static void addRole(List<Resource> resources, Map<String, String> variables) {
        resources.stream()
                .map(Resource::allocationInfo)
                .filter(allocation -> allocation != null && allocation.role() != null)
                .findFirst()
                .ifPresent(allocation -> variables.put("MESOS_ALLOCATION_ROLE", allocation.role()));
    }

    /** In the original's words: the largest unit of which it is a whole number. Source: stout/duration.hpp. */
    static String text(Duration duration) {
        long nanos = duration.toNanos();
        for (Unit unit : UNITS) {
            if (nanos != 0 && nanos % unit.nanos() == 0) {
                return nanos / unit.nanos() + unit.name();
            }
        }
        return nanos + "ns";
    }

    /** Adds what {@code command} wants to see. */
    static void addCommands(@Nullable CommandInfo command, Map<String, String> variables) {
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
