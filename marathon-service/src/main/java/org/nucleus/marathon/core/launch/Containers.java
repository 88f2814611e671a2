package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Container;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.Settings;
import org.nucleus.marathon.core.state.Volume;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ContainerInfo.DockerInfo;
import org.nucleus.wire.Image;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.TtyInfo;

/** What the agent shall put around a task. Source: raml.ContainerConversion and TaskBuilder.computeContainerInfo. */
final class Containers {
    private final Settings.Tasks settings;

    Containers(Settings.Tasks settings) {
        this.settings = settings;
    }

    /** Absent for a task that runs among the agent's own files, on its network, without a terminal. */
    @Nullable
    ContainerInfo of(App app, Run run, String task) {
        Container container = app.container();
        boolean plain =
                container == null && app.isOnHostNetwork() && !app.program().tty();
        if (plain) {
            return null;
        }
        var made = ContainerInfo.builder().type(ContainerInfo.Type.MESOS).networkInfos(networks(app, run));
        if (app.program().tty()) {
            made.ttyInfo(new TtyInfo(null));
        }
        if (container == null) {
            return made.build();
        }
        made.volumes(container.volumes().stream()
                .filter(volume -> !(volume instanceof Volume.Persistent))
                .map(volume -> volume(volume, app))
                .toList());
        if (container.kind() == Container.Kind.DOCKER) {
            return made.type(ContainerInfo.Type.DOCKER)
                    .docker(docker(container.image(), app, run, task))
                    .build();
        }
        if (container.image() != null) {
            made.mesos(new ContainerInfo.MesosInfo(image(container.image())));
        }
        return made.build();
    }

    static Image image(org.nucleus.marathon.core.state.Image image) {
        var config = image.pullSecret() == null ? null : Commands.reference(image.pullSecret());
        return new Image(Image.Type.DOCKER, null, new Image.Docker(image.name(), null, config), !image.forcePull());
    }

    private DockerInfo docker(org.nucleus.marathon.core.state.@Nullable Image image, App app, Run run, String task) {
        List<Parameter> parameters = new ArrayList<>();
        if (image != null) {
            image.parameters().forEach(one -> parameters.add(new Parameter(one.key(), one.value())));
        }
        parameters.add(new Parameter("label", "MESOS_TASK_ID=" + task));
        return DockerInfo.builder()
                .image(image == null ? "" : image.name())
                .network(network(app))
                .portMappings(mappings(app, run))
                .privileged(image != null && image.privileged())
                .parameters(parameters)
                .forcePullImage(image != null && image.forcePull())
                .build();
    }

    private static DockerInfo.Network network(App app) {
        if (app.isOnHostNetwork()) {
            return DockerInfo.Network.HOST;
        }
        return app.networks().getFirst().mode() == Network.Mode.BRIDGE
                ? DockerInfo.Network.BRIDGE
                : DockerInfo.Network.USER;
    }

    private static List<DockerInfo.PortMapping> mappings(App app, Run run) {
        List<DockerInfo.PortMapping> mappings = new ArrayList<>();
        published(
                app,
                run,
                (definition, hostPort, containerPort, protocol) ->
                        mappings.add(new DockerInfo.PortMapping(hostPort, containerPort, protocol)));
        return mappings;
    }

    /** One port of one protocol that is published on the host. */
    private interface Published {
        void port(PortDefinition definition, int hostPort, int containerPort, String protocol);
    }

    private static void published(App app, Run run, Published each) {
        for (int i = 0; i < run.ports().size(); i++) {
            PortDefinition definition = app.ports().definitions().get(i);
            int hostPort = run.ports().get(i);
            if (definition.mapping() == null || hostPort == 0) {
                continue;
            }
            int inside = definition.mapping().containerPort() == 0
                    ? hostPort
                    : definition.mapping().containerPort();
            for (String protocol : definition.protocol().split(",")) {
                each.port(definition, hostPort, inside, protocol);
            }
        }
    }

    List<NetworkInfo> networks(App app, Run run) {
        List<NetworkInfo> infos = new ArrayList<>();
        for (Network network : app.networks()) {
            if (network.mode() == Network.Mode.HOST) {
                continue;
            }
            boolean byDocker = app.container() != null && app.container().kind() == Container.Kind.DOCKER;
            if (byDocker && network.mode() == Network.Mode.BRIDGE) {
                continue;
            }
            List<NetworkInfo.PortMapping> mappings = new ArrayList<>();
            published(app, run, (definition, hostPort, containerPort, protocol) -> {
                if (leads(definition, network)) {
                    mappings.add(new NetworkInfo.PortMapping(hostPort, containerPort, protocol));
                }
            });
            infos.add(NetworkInfo.builder()
                    .ipAddresses(List.of(new NetworkInfo.IpAddress(NetworkInfo.Protocol.IPv4, null)))
                    .name(network.mode() == Network.Mode.BRIDGE ? settings.bridgeName() : network.name())
                    .labels(network.labels().isEmpty() ? null : Commands.labels(network.labels()))
                    .portMappings(byDocker ? List.of() : mappings)
                    .build());
        }
        return infos;
    }

    private static boolean leads(PortDefinition definition, Network network) {
        List<String> names =
                definition.mapping() == null ? List.of() : definition.mapping().networkNames();
        return names.isEmpty() || names.contains(String.valueOf(network.name()));
    }

    private static org.nucleus.wire.Volume volume(Volume volume, App app) {
        return switch (volume) {
            case Volume.Host(var path, var hostPath, var readOnly) ->
                new org.nucleus.wire.Volume(
                        readOnly ? org.nucleus.wire.Volume.Mode.RO : org.nucleus.wire.Volume.Mode.RW,
                        path,
                        hostPath,
                        null,
                        null);
            case Volume.Secret(var path, var secret) ->
                secret(path, app.program().secrets().getOrDefault(secret, secret));
            case Volume.Persistent persistent ->
                new org.nucleus.wire.Volume(
                        org.nucleus.wire.Volume.Mode.RW, persistent.containerPath(), null, null, null);
        };
    }

    static org.nucleus.wire.Volume secret(String path, String source) {
        var from = new org.nucleus.wire.Volume.Source(
                org.nucleus.wire.Volume.Source.Type.SECRET, null, null, null, Commands.reference(source), null);
        return new org.nucleus.wire.Volume(org.nucleus.wire.Volume.Mode.RO, path, null, null, from);
    }
}
