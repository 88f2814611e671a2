package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.marathon.core.state.TaskCheck;

/** Reads the three kinds of checks that an app may have. */
final class CheckReader {
    private static final int PORT_MOST = 65_535;

    private CheckReader() {}

    static List<HealthCheck> healthChecks(Fields fields) {
        List<HealthCheck> checks = new ArrayList<>();
        fields.objects("healthChecks", one -> {
            HealthCheck.Protocol protocol = one.choice("protocol", HealthCheck.Protocol.HTTP);
            Fields command = one.object("command");
            Integer port = one.whole("port", 0, PORT_MOST);
            Integer index = one.whole("portIndex", 0, Integer.MAX_VALUE);
            boolean asksPort = protocol != HealthCheck.Protocol.COMMAND;
            checks.add(new HealthCheck(
                    protocol,
                    one.text("path"),
                    asksPort && port == null && index == null ? Integer.valueOf(0) : index,
                    port,
                    command == null ? null : command.text("value"),
                    one.whole("gracePeriodSeconds", 300, 0, Integer.MAX_VALUE),
                    one.whole("intervalSeconds", 60, 0, Integer.MAX_VALUE),
                    one.whole("timeoutSeconds", 20, 0, Integer.MAX_VALUE),
                    one.whole("maxConsecutiveFailures", 3, 0, Integer.MAX_VALUE),
                    one.real("delaySeconds", 15, 0, Integer.MAX_VALUE),
                    one.flag("ignoreHttp1xx", false),
                    one.text("ipProtocol")));
        });
        return checks;
    }

    static List<ReadinessCheck> readinessChecks(Fields fields) {
        List<ReadinessCheck> checks = new ArrayList<>();
        fields.objects("readinessChecks", one -> {
            String protocol = one.text("protocol", "HTTP");
            if (!List.of("HTTP", "HTTPS").contains(protocol)) {
                one.problems().add(one.at("protocol"), "error.unknown.enum.literal");
            }
            List<Integer> codes = new ArrayList<>();
            one.elements("httpStatusCodesForReady", (node, at) -> {
                if (node.isInt()) {
                    codes.add(node.intValue());
                } else {
                    one.problems().add(at, "error.expected.jsnumber");
                }
            });
            checks.add(new ReadinessCheck(
                    one.text("name", "readinessCheck"),
                    protocol.equals("HTTPS"),
                    one.text("path", "/"),
                    one.text("portName", "http-api"),
                    one.whole("intervalSeconds", 30, 1, Integer.MAX_VALUE),
                    one.whole("timeoutSeconds", 10, 1, Integer.MAX_VALUE),
                    codes.isEmpty() ? List.of(200) : codes,
                    one.flag("preserveLastResponse", false)));
        });
        return checks;
    }

    /** A check for information only: exactly one of {@code http}, {@code tcp} and {@code exec}. */
    static @Nullable TaskCheck check(@Nullable Fields check) {
        if (check == null) {
            return null;
        }
        Fields http = check.object("http");
        Fields tcp = check.object("tcp");
        Fields exec = check.object("exec");
        TaskCheck.Kind kind =
                http != null ? TaskCheck.Kind.HTTP : tcp != null ? TaskCheck.Kind.TCP : TaskCheck.Kind.EXEC;
        Fields asked = http != null ? http : tcp != null ? tcp : exec;
        if (asked == null) {
            check.problems().add(check.at("exec"), "error.path.missing");
            return null;
        }
        Fields command = exec == null ? null : exec.object("command");
        return new TaskCheck(
                kind,
                asked.whole("portIndex", 0, Integer.MAX_VALUE),
                asked.text("endpoint"),
                asked.text("path"),
                command == null ? null : shell(command),
                check.whole("intervalSeconds", 60, 0, Integer.MAX_VALUE),
                check.whole("timeoutSeconds", 20, 0, Integer.MAX_VALUE),
                check.whole("delaySeconds", 15, 0, Integer.MAX_VALUE));
    }

    static @Nullable String shell(Fields command) {
        String shell = command.text("shell");
        return shell == null ? String.join(" ", command.texts("argv")) : shell;
    }
}
