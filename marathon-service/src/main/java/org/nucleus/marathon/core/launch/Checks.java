package org.nucleus.marathon.core.launch;

import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Pod.PodHealthCheck;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TaskCheck;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.HealthCheck.HttpCheckInfo;
import org.nucleus.wire.HealthCheck.TcpCheckInfo;
import org.nucleus.wire.HealthCheck.Type;
import org.nucleus.wire.NetworkInfo;

/** The checks that run beside a task, as its agent is told of them. */
final class Checks {
    private Checks() {}

    /** The one health check that runs beside the task, if the app has such a one. */
    static org.nucleus.wire.@Nullable HealthCheck health(App app, Run run) {
        HealthCheck check = app.healthChecks().stream()
                .filter(one -> !one.protocol().isByMarathon())
                .findFirst()
                .orElse(null);
        if (check == null) {
            return null;
        }
        var made = org.nucleus.wire.HealthCheck.builder()
                .delaySeconds(check.delaySeconds())
                .intervalSeconds(check.intervalSeconds())
                .timeoutSeconds(check.timeoutSeconds())
                .consecutiveFailures(check.maxConsecutiveFailures())
                .gracePeriodSeconds(check.gracePeriodSeconds());
        int port = check.port() != null
                ? check.port()
                : Endpoints.inside(app, run, check.portIndex() == null ? 0 : check.portIndex());
        NetworkInfo.Protocol ip =
                "IPv6".equals(check.ipProtocol()) ? NetworkInfo.Protocol.IPv6 : NetworkInfo.Protocol.IPv4;
        return switch (check.protocol()) {
            case COMMAND ->
                made.type(Type.COMMAND).command(Commands.shell(check.command())).build();
            case MESOS_TCP, TCP ->
                made.type(Type.TCP).tcp(new TcpCheckInfo(ip, port)).build();
            case MESOS_HTTP, MESOS_HTTPS, HTTP, HTTPS ->
                made.type(Type.HTTP)
                        .http(HttpCheckInfo.builder()
                                .protocol(ip)
                                .scheme(check.protocol() == HealthCheck.Protocol.MESOS_HTTPS ? "https" : "http")
                                .port(port)
                                .path(check.path())
                                .build())
                        .build();
        };
    }

    static org.nucleus.wire.HealthCheck health(PodHealthCheck check, int port) {
        var made = org.nucleus.wire.HealthCheck.builder()
                .delaySeconds((double) check.delaySeconds())
                .intervalSeconds((double) check.intervalSeconds())
                .timeoutSeconds((double) check.timeoutSeconds())
                .consecutiveFailures(check.maxConsecutiveFailures())
                .gracePeriodSeconds((double) check.gracePeriodSeconds());
        return switch (check.kind()) {
            case EXEC ->
                made.type(Type.COMMAND).command(Commands.shell(check.command())).build();
            case TCP ->
                made.type(Type.TCP)
                        .tcp(new TcpCheckInfo(NetworkInfo.Protocol.IPv4, port))
                        .build();
            case HTTP ->
                made.type(Type.HTTP)
                        .http(HttpCheckInfo.builder()
                                .scheme(check.https() ? "https" : "http")
                                .port(port)
                                .path(check.path())
                                .build())
                        .build();
        };
    }

    static CheckInfo general(TaskCheck check, int port) {
        var made = CheckInfo.builder()
                .delaySeconds((double) check.delaySeconds())
                .intervalSeconds((double) check.intervalSeconds())
                .timeoutSeconds((double) check.timeoutSeconds());
        return switch (check.kind()) {
            case EXEC ->
                made.type(CheckInfo.Type.COMMAND)
                        .command(new CheckInfo.Command(Commands.shell(check.command())))
                        .build();
            case TCP ->
                made.type(CheckInfo.Type.TCP).tcp(new CheckInfo.Tcp(port)).build();
            case HTTP ->
                made.type(CheckInfo.Type.HTTP)
                        .http(new CheckInfo.Http(port, check.path()))
                        .build();
        };
    }
}
