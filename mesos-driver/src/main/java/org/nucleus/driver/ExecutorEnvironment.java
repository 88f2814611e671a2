package org.nucleus.driver;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;

/**
 * What an agent tells the executors it starts, by {@code MESOS_…} variables. Source: exec/exec.cpp and
 * executor/executor.cpp.
 *
 * @param endpoint the agent's executor API
 * @param token what authenticates the executor, if the agent asks for that
 * @param checkpoint whether the executor outlives its agent and waits for its return
 * @param recoveryTimeout for how long it waits
 * @param backoffMost the longest pause between two tries to subscribe
 * @param shutdownGrace how long it may take to shut down before it is killed
 * @param local whether it shares its process with others, which are not to be killed
 */
public record ExecutorEnvironment(
        URI endpoint,
        AgentId agentId,
        FrameworkId frameworkId,
        ExecutorId executorId,
        Optional<String> token,
        boolean checkpoint,
        Duration recoveryTimeout,
        Duration backoffMost,
        Duration shutdownGrace,
        boolean local) {
    private static final String PATH = "/api/v1/executor";
    private static final Pattern ACTOR = Pattern.compile("([^@]+)@(.+:\\d+)");
    private static final Pattern DURATION = Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|ms|secs|mins|hrs|days|weeks)");

    /** @throws IllegalStateException with a sentence for people if a variable is missing or not understood */
    public static ExecutorEnvironment of(Map<String, String> variables) {
        return new ExecutorEnvironment(
                endpoint(variables),
                new AgentId(expected(variables, "MESOS_SLAVE_ID")),
                new FrameworkId(expected(variables, "MESOS_FRAMEWORK_ID")),
                new ExecutorId(expected(variables, "MESOS_EXECUTOR_ID")),
                Optional.ofNullable(variables.get("MESOS_EXECUTOR_AUTHENTICATION_TOKEN")),
                "1".equals(variables.get("MESOS_CHECKPOINT")),
                duration(variables, "MESOS_RECOVERY_TIMEOUT", Duration.ofMinutes(15)),
                duration(variables, "MESOS_SUBSCRIPTION_BACKOFF_MAX", Duration.ofSeconds(2)),
                duration(variables, "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", Duration.ofSeconds(5)),
                variables.containsKey("MESOS_LOCAL"));
    }

    private static URI endpoint(Map<String, String> variables) {
        String address = variables.get("MESOS_AGENT_ENDPOINT");
        if (address != null) {
            return URI.create("http://" + address + PATH);
        }
        String actor = expected(variables, "MESOS_SLAVE_PID");
        Matcher parts = ACTOR.matcher(actor);
        if (!parts.matches()) {
            throw new IllegalStateException("Cannot parse MESOS_SLAVE_PID '" + actor + "'");
        }
        return URI.create("http://" + parts.group(2) + "/" + parts.group(1) + PATH);
    }

    private static String expected(Map<String, String> variables, String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("Expecting '" + name + "' to be set in the environment");
        }
        return value;
    }

    private static Duration duration(Map<String, String> variables, String name, Duration otherwise) {
        String value = variables.get(name);
        if (value == null) {
            return otherwise;
        }
        Matcher parts = DURATION.matcher(value);
        if (!parts.matches()) {
            throw new IllegalStateException("Failed to parse value '" + value + "' of '" + name + "'");
        }
        BigDecimal unit = BigDecimal.valueOf(unit(parts.group(2)).toNanos());
        return Duration.ofNanos(new BigDecimal(parts.group(1)).multiply(unit).longValue());
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ns" -> Duration.ofNanos(1);
            case "us" -> Duration.ofNanos(1_000);
            case "ms" -> Duration.ofMillis(1);
            case "mins" -> Duration.ofMinutes(1);
            case "hrs" -> Duration.ofHours(1);
            case "days" -> Duration.ofDays(1);
            case "weeks" -> Duration.ofDays(7);
            default -> Duration.ofSeconds(1);
        };
    }
}
