package org.nucleus.marathon.api.format;

import java.util.List;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.ReadinessCheck;

/** What must hold of an app's checks. Source: AppValidation. */
final class CheckRules {
    private static final String NO_PORT =
            "Health check port indices must address an element of the ports array or container port mappings.";

    private CheckRules() {}

    static void check(App app, Problems problems) {
        List<HealthCheck> checks = app.healthChecks();
        for (int i = 0; i < checks.size(); i++) {
            healthCheck(app, checks.get(i), "/healthChecks(" + i + ")", problems);
        }
        boolean several = checks.stream()
                        .filter(check -> !check.protocol().isByMarathon())
                        .filter(check -> check.protocol() != HealthCheck.Protocol.COMMAND)
                        .count()
                > 1;
        if (several) {
            problems.add("/healthChecks", "AppDefinition can contain at most one Mesos health check");
        }
        readiness(app, problems);
        if (app.check() != null) {
            if (app.container() != null && app.container().kind() == Container.Kind.DOCKER) {
                problems.add("/check", "A check cannot be used with the DOCKER containerizer");
            }
            Integer index = app.check().portIndex();
            if (index != null && index >= app.ports().definitions().size()) {
                problems.add("/check", NO_PORT);
            }
        }
    }

    private static void healthCheck(App app, HealthCheck check, String path, Problems problems) {
        boolean byAgent = !check.protocol().isByMarathon() && check.protocol() != HealthCheck.Protocol.COMMAND;
        boolean docker = app.container() != null && app.container().kind() == Container.Kind.DOCKER;
        if ("IPv6".equals(check.ipProtocol()) && !(byAgent && docker)) {
            problems.add(path + "/ipProtocol", "IPv6 can only be used with MESOS_ checks of DOCKER containers");
        } else if (check.ipProtocol() != null && !List.of("IPv4", "IPv6").contains(check.ipProtocol())) {
            problems.add(path + "/ipProtocol", "error.unknown.enum.literal");
        }
        if (check.protocol() == HealthCheck.Protocol.COMMAND) {
            if (check.command() == null || check.command().isBlank()) {
                problems.add(path + "/command", "error.path.missing");
            }
            return;
        }
        Integer index = check.portIndex();
        if (check.port() == null
                && (index == null || index >= app.ports().definitions().size())) {
            problems.add(path, NO_PORT);
        }
    }

    private static void readiness(App app, Problems problems) {
        if (app.readinessChecks().size() > 1) {
            problems.add("/readinessChecks", "may not contain more than one element");
        }
        for (int i = 0; i < app.readinessChecks().size(); i++) {
            ReadinessCheck check = app.readinessChecks().get(i);
            String path = "/readinessChecks(" + i + ")";
            if (check.timeoutSeconds() >= check.intervalSeconds()) {
                problems.add(path + "/timeoutSeconds", "timeoutSeconds must be less than intervalSeconds");
            }
            boolean known =
                    app.ports().definitions().stream().map(PortDefinition::name).anyMatch(check.portName()::equals);
            if (!known) {
                problems.add(
                        path + "/portName",
                        "portName " + check.portName() + " must refer to an existing port definition");
            }
        }
    }
}
