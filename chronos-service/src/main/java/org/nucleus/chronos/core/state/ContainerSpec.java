package org.nucleus.chronos.core.state;

import java.util.List;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Label;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.Volume;

/**
 * The container of a job in the original's own shape. {@code networkName} is the deprecated form of a network's
 * name.
 */
public record ContainerSpec(
        ContainerInfo.Type type,
        String image,
        ContainerInfo.DockerInfo.Network network,
        String networkName,
        List<Network> networkInfos,
        List<Mount> volumes,
        boolean forcePullImage,
        List<Parameter> parameters) {
    public ContainerSpec {
        networkInfos = List.copyOf(networkInfos);
        volumes = List.copyOf(volumes);
        parameters = List.copyOf(parameters);
    }

    /** A network the container joins. {@code protocol} is IPv4, IPv6 or empty. */
    public record Network(String name, String protocol, List<Label> labels, List<PortMapping> portMappings) {
        public Network {
            labels = List.copyOf(labels);
            portMappings = List.copyOf(portMappings);
        }
    }

    /** A port of the host bound to one of the container. */
    public record PortMapping(int hostPort, int containerPort, String protocol) {}

    /** A volume: a directory of the host, or one of a provider if {@code external} names it. */
    public record Mount(String hostPath, String containerPath, Volume.Mode mode, List<External> external) {
        public Mount {
            external = List.copyOf(external);
        }
    }

    /** A volume that a provider outside of the agent holds. */
    public record External(String name, String provider, List<Parameter> options) {
        public External {
            options = List.copyOf(options);
        }
    }
}
