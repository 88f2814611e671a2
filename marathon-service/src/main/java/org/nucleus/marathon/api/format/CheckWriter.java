package org.nucleus.marathon.api.format;

import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.TaskCheck;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the checks of an app besides its health checks. */
final class CheckWriter {
    private CheckWriter() {}

    static void write(ObjectNode json, App app) {
        if (app.check() != null) {
            check(json.putObject("check"), app.check());
        }
        if (app.readinessChecks().isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("readinessChecks");
        for (ReadinessCheck check : app.readinessChecks()) {
            ObjectNode one = list.addObject();
            ArrayNode codes = one.putArray("httpStatusCodesForReady");
            check.readyCodes().forEach(codes::add);
            one.put("intervalSeconds", check.intervalSeconds())
                    .put("name", check.name())
                    .put("path", check.path())
                    .put("portName", check.portName())
                    .put("preserveLastResponse", check.preserveLastResponse())
                    .put("protocol", check.https() ? "HTTPS" : "HTTP")
                    .put("timeoutSeconds", check.timeoutSeconds());
        }
    }

    static void check(ObjectNode json, TaskCheck check) {
        ObjectNode asked = json.putObject(
                switch (check.kind()) {
                    case HTTP -> "http";
                    case TCP -> "tcp";
                    case EXEC -> "exec";
                });
        if (check.portIndex() != null) {
            asked.put("portIndex", check.portIndex());
        }
        if (check.endpoint() != null) {
            asked.put("endpoint", check.endpoint());
        }
        if (check.path() != null) {
            asked.put("path", check.path());
        }
        if (check.command() != null) {
            asked.putObject("command").put("shell", check.command());
        }
        json.put("intervalSeconds", check.intervalSeconds())
                .put("timeoutSeconds", check.timeoutSeconds())
                .put("delaySeconds", check.delaySeconds());
    }
}
