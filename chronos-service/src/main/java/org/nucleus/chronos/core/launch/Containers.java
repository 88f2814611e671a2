package org.nucleus.chronos.core.launch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.chronos.core.state.ContainerSpec;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Image;
import org.nucleus.wire.Labels;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Parameters;
import org.nucleus.wire.Volume;

/** A job's container as the protocol has it. */
final class Containers {
    private Containers() {}

    static ContainerInfo info(ContainerSpec container) {
        ContainerInfo.Builder info = ContainerInfo.builder()
                .type(container.type())
                .volumes(container.volumes().stream().map(Containers::volume).toList())
                .networkInfos(networks(container));
        return switch (container.type()) {
            case DOCKER -> info.docker(docker(container)).build();
            case MESOS ->
                info.mesos(new ContainerInfo.MesosInfo(image(container))).build();
        };
    }

    private static ContainerInfo.DockerInfo docker(ContainerSpec container) {
        return new ContainerInfo.DockerInfo(
                container.image(),
                container.network(),
                container.networkInfos().stream()
                        .flatMap(network -> network.portMappings().stream())
                        .map(port -> new ContainerInfo.DockerInfo.PortMapping(
                                port.hostPort(), port.containerPort(), emptyToNull(port.protocol())))
                        .toList(),
                false,
                container.parameters(),
                container.forcePullImage(),
                null);
    }

    private static Image image(ContainerSpec container) {
        return new Image(Image.Type.DOCKER, null, new Image.Docker(container.image(), null, null), true);
    }

    private static List<NetworkInfo> networks(ContainerSpec container) {
        List<NetworkInfo> infos = new ArrayList<>();
        if (!container.networkName().isEmpty()) {
            infos.add(NetworkInfo.builder().name(container.networkName()).build());
        }
        for (ContainerSpec.Network network : container.networkInfos()) {
            NetworkInfo.Builder info = NetworkInfo.builder().name(emptyToNull(network.name()));
            if (!network.labels().isEmpty()) {
                info.labels(new Labels(network.labels()));
            }
            if (!network.protocol().isEmpty()) {
                NetworkInfo.Protocol protocol = NetworkInfo.Protocol.valueOf(network.protocol());
                info.ipAddresses(List.of(new NetworkInfo.IpAddress(protocol, null)));
            }
            infos.add(info.portMappings(network.portMappings().stream()
                            .map(port -> new NetworkInfo.PortMapping(
                                    port.hostPort(), port.containerPort(), emptyToNull(port.protocol())))
                            .toList())
                    .build());
        }
        return infos;
    }

    private static Volume volume(ContainerSpec.Mount mount) {
        Volume.Builder volume = Volume.builder().mode(mount.mode()).containerPath(mount.containerPath());
        if (mount.external().isEmpty()) {
            return volume.hostPath(emptyToNull(mount.hostPath())).build();
        }
        ContainerSpec.External external = mount.external().getFirst();
        return volume.source(Volume.Source.builder()
                        .type(Volume.Source.Type.DOCKER_VOLUME)
                        .dockerVolume(new Volume.Source.DockerVolume(
                                external.provider(), external.name(), new Parameters(external.options())))
                        .build())
                .build();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
