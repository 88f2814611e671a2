package org.nucleus.master.core.task;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.HealthCheck;

/** What checks and health checks must look like. Source: common/validation.cpp, validateHealthCheck, validateCheck. */
final class CheckRules {
    private CheckRules() {}

    /** The check with its type, where it says it only by what it contains. Source: master.cpp, Master::accept. */
    static HealthCheck withType(HealthCheck check) {
        if (check.type() != null) {
            return check;
        }
        if (check.command() != null && check.http() == null) {
            return check.toBuilder().type(HealthCheck.Type.COMMAND).build();
        }
        if (check.http() != null && check.command() == null) {
            return check.toBuilder().type(HealthCheck.Type.HTTP).build();
        }
        return check;
    }

    static Optional<String> refusal(HealthCheck check) {
        HealthCheck.Type type = check.type();
        if (type == null) {
            return Optional.of("HealthCheck must specify 'type'");
        }
        Optional<String> ofKind = switch (type) {
            case COMMAND ->
                refusalOfCommand(check.command(), "COMMAND health check", "Command health check", "Health check");
            case HTTP -> refusalOfHttp(check.http());
            case TCP ->
                check.tcp() == null ? Optional.of("Expecting 'tcp' to be set for TCP health check") : Optional.empty();
            case UNKNOWN -> Optional.of("'UNKNOWN' is not a valid health check type");
        };
        return ofKind.or(() -> nonNegative("delay_seconds", check.delaySeconds()))
                .or(() -> nonNegative("grace_period_seconds", check.gracePeriodSeconds()))
                .or(() -> nonNegative("interval_seconds", check.intervalSeconds()))
                .or(() -> nonNegative("timeout_seconds", check.timeoutSeconds()));
    }

    static Optional<String> refusal(CheckInfo check) {
        CheckInfo.Type type = check.type();
        if (type == null) {
            return Optional.of("CheckInfo must specify 'type'");
        }
        Optional<String> ofKind = switch (type) {
            case COMMAND -> {
                CheckInfo.Command command = check.command();
                yield refusalOfCommand(
                        command == null ? null : command.command(), "COMMAND check", "Command check", "Check");
            }
            case HTTP -> refusalOfHttp(check.http());
            case TCP -> check.tcp() == null ? Optional.of("Expecting 'tcp' to be set for TCP check") : Optional.empty();
            case UNKNOWN -> Optional.of("'UNKNOWN' is not a valid check type");
        };
        return ofKind.or(() -> nonNegative("delay_seconds", check.delaySeconds()))
                .or(() -> nonNegative("interval_seconds", check.intervalSeconds()))
                .or(() -> nonNegative("timeout_seconds", check.timeoutSeconds()));
    }

    private static Optional<String> refusalOfCommand(
            @Nullable CommandInfo command, String kind, String subject, String owner) {
        if (command == null) {
            return Optional.of("Expecting 'command' to be set for " + kind);
        }
        if (command.value() == null) {
            return Optional.of(
                    subject + " must contain " + (command.shell() ? "'shell command'" : "'executable path'"));
        }
        return CommandRules.refusal(command).map(refusal -> owner + "'s `CommandInfo` is invalid: " + refusal);
    }

    private static Optional<String> refusalOfHttp(HealthCheck.@Nullable HttpCheckInfo http) {
        if (http == null) {
            return Optional.of("Expecting 'http' to be set for HTTP health check");
        }
        String scheme = http.scheme();
        if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
            return Optional.of("Unsupported HTTP health check scheme: '" + scheme + "'");
        }
        String path = http.path();
        return path == null || path.startsWith("/")
                ? Optional.empty()
                : Optional.of("The path '" + path + "' of HTTP health check must start with '/'");
    }

    private static Optional<String> refusalOfHttp(CheckInfo.@Nullable Http http) {
        if (http == null) {
            return Optional.of("Expecting 'http' to be set for HTTP check");
        }
        String path = http.path();
        return path == null || path.startsWith("/")
                ? Optional.empty()
                : Optional.of("The path '" + path + "' of HTTP check must start with '/'");
    }

    private static Optional<String> nonNegative(String field, double seconds) {
        return seconds < 0 ? Optional.of("Expecting '" + field + "' to be non-negative") : Optional.empty();
    }
}
