package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Fetch;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Program;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.DiscoveryInfo;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.Environment;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Port;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;

/** Makes the task of an instance from its app and the place it was given. Source: mesos.TaskBuilder. */
final class TaskFactory {
    private TaskFactory() {}

    static TaskInfo task(App app, Instance instance, Run run, List<Resource> resources) {
        Integer grace = app.policy().killGracePeriodSeconds();
        return TaskInfo.builder()
                .name(app.id().hostName())
                .taskId(new TaskId(instance.taskId()))
                .agentId(new AgentId(run.agent()))
                .resources(resources)
                .command(command(app, instance, run))
                .healthCheck(healthCheck(app, run))
                .killPolicy(grace == null ? null : new KillPolicy(new DurationInfo(grace * 1_000_000_000L)))
                .labels(app.labels().isEmpty() ? null : labels(app.labels()))
                .discovery(discovery(app, run))
                .build();
    }

    private static CommandInfo command(App app, Instance instance, Run run) {
        Program program = app.program();
        List<Environment.Variable> variables = new ArrayList<>();
        TaskEnvironment.of(app, instance, run)
                .forEach((name, value) ->
                        variables.add(new Environment.Variable(name, Environment.Variable.Type.VALUE, value, null)));
        var command = CommandInfo.builder()
                .uris(program.fetch().stream().map(TaskFactory::uri).toList())
                .environment(new Environment(variables))
                .user(program.user());
        return program.cmd() != null
                ? command.shell(true).value(program.cmd()).build()
                : command.shell(false)
                        .value(program.args().getFirst())
                        .arguments(program.args())
                        .build();
    }

    private static CommandInfo.Uri uri(Fetch fetch) {
        return CommandInfo.Uri.builder()
                .value(fetch.uri())
                .extract(fetch.extract())
                .executable(fetch.executable())
                .cache(fetch.cache())
                .outputFile(fetch.destPath())
                .build();
    }

    private static DiscoveryInfo discovery(App app, Run run) {
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < run.ports().size(); i++) {
            PortDefinition definition = app.ports().definitions().get(i);
            Labels labels = labels(definition.labels());
            List<Label> scoped = new ArrayList<>(labels.labels());
            scoped.add(new Label("network-scope", "host"));
            for (String protocol : definition.protocol().split(",")) {
                ports.add(Port.builder()
                        .number(run.ports().get(i))
                        .name(definition.name())
                        .protocol(protocol)
                        .labels(new Labels(scoped))
                        .build());
            }
        }
        return DiscoveryInfo.builder()
                .visibility(DiscoveryInfo.Visibility.FRAMEWORK)
                .name(app.id().hostName())
                .ports(new org.nucleus.wire.Ports(ports))
                .build();
    }

    private static Labels labels(Map<String, String> labels) {
        List<Label> list = new ArrayList<>();
        labels.forEach((key, value) -> list.add(new Label(key, value)));
        return new Labels(list);
    }

    /** The one check that runs beside the task, if the app has such a one. */
    private static org.nucleus.wire.@Nullable HealthCheck healthCheck(App app, Run run) {
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
        int port = HealthPorts.number(check, run.ports());
        return switch (check.protocol()) {
            case COMMAND ->
                made.type(org.nucleus.wire.HealthCheck.Type.COMMAND)
                        .command(CommandInfo.builder()
                                .shell(true)
                                .value(check.command())
                                .build())
                        .build();
            case MESOS_TCP ->
                made.type(org.nucleus.wire.HealthCheck.Type.TCP)
                        .tcp(new org.nucleus.wire.HealthCheck.TcpCheckInfo(NetworkInfo.Protocol.IPv4, port))
                        .build();
            case MESOS_HTTP, MESOS_HTTPS, HTTP, HTTPS, TCP ->
                made.type(org.nucleus.wire.HealthCheck.Type.HTTP)
                        .http(org.nucleus.wire.HealthCheck.HttpCheckInfo.builder()
                                .scheme(check.protocol() == HealthCheck.Protocol.MESOS_HTTPS ? "https" : "http")
                                .port(port)
                                .path(check.path())
                                .build())
                        .build();
        };
    }
}
