package org.nucleus.master.core.task;

import java.util.Optional;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Volume;

/** What a container must look like. Source: common/validation.cpp, validateContainerInfo, validateVolume. */
final class ContainerRules {
    private ContainerRules() {}

    static Optional<String> refusal(ContainerInfo container) {
        for (Volume volume : container.volumes()) {
            Optional<String> refusal = refusal(volume);
            if (refusal.isPresent()) {
                return Optional.of("Invalid volume: " + refusal.get());
            }
        }
        if (container.type() != ContainerInfo.Type.DOCKER) {
            return Optional.empty();
        }
        ContainerInfo.DockerInfo docker = container.docker();
        if (docker == null) {
            return Optional.of("DockerInfo 'docker' is not set for DOCKER typed ContainerInfo");
        }
        return docker.parameters().stream()
                        .anyMatch(parameter -> parameter.key().equals("name"))
                ? Optional.of("Parameter in DockerInfo must not be 'name'")
                : Optional.empty();
    }

    private static Optional<String> refusal(Volume volume) {
        int set = (volume.hostPath() == null ? 0 : 1)
                + (volume.image() == null ? 0 : 1)
                + (volume.source() == null ? 0 : 1);
        if (set != 1) {
            return Optional.of("Only one of them should be set: 'host_path', 'image' and 'source'");
        }
        Volume.Source source = volume.source();
        return source == null ? Optional.empty() : refusal(source);
    }

    private static Optional<String> refusal(Volume.Source source) {
        Volume.Source.Type type = source.type();
        if (type == null) {
            return Optional.of("'source.type' is unknown");
        }
        return switch (type) {
            case DOCKER_VOLUME ->
                unless(source.dockerVolume() != null, "'source.docker_volume' is not set for DOCKER_VOLUME volume");
            case HOST_PATH -> unless(source.hostPath() != null, "'source.host_path' is not set for HOST_PATH volume");
            case SANDBOX_PATH ->
                unless(source.sandboxPath() != null, "'source.sandbox_path' is not set for SANDBOX_PATH volume");
            case SECRET -> unless(source.secret() != null, "'source.secret' is not set for SECRET volume");
            case CSI_VOLUME -> {
                Volume.Source.CsiVolume csi = source.csiVolume();
                if (csi == null) {
                    yield Optional.of("'source.csi_volume' is not set for CSI volume");
                }
                yield unless(
                        csi.staticProvisioning() != null,
                        "'source.csi_volume.static_provisioning' is not set for CSI volume");
            }
            case UNKNOWN -> Optional.of("'source.type' is unknown");
        };
    }

    private static Optional<String> unless(boolean holds, String refusal) {
        return holds ? Optional.empty() : Optional.of(refusal);
    }
}
