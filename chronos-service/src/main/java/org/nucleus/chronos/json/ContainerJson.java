package org.nucleus.chronos.json;

import java.util.List;
import org.nucleus.chronos.core.state.ContainerSpec;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Label;
import org.nucleus.wire.Parameter;
import org.nucleus.wire.Volume;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code container} of a job. Source: JobSerializer.scala; ports are numbers here, not text. */
final class ContainerJson {
    private ContainerJson() {}

    static ContainerSpec read(Fields in) {
        ContainerInfo.Type type = in.choice("type", ContainerInfo.Type.class, ContainerInfo.Type.DOCKER);
        String image = in.text("image", "");
        if (image.isEmpty() && type == ContainerInfo.Type.DOCKER) {
            throw in.wrong("image", "given: a Docker container needs an image");
        }
        return new ContainerSpec(
                type,
                image,
                in.choice("network", ContainerInfo.DockerInfo.Network.class, ContainerInfo.DockerInfo.Network.HOST),
                in.text("networkName", ""),
                in.objects("networkInfos", ContainerJson::network),
                in.objects("volumes", ContainerJson::mount),
                in.flag("forcePullImage", false),
                in.objects("parameters", ContainerJson::parameter));
    }

    static void write(ContainerSpec container, ObjectNode out) {
        out.put("type", container.type().name());
        out.put("image", container.image());
        out.put("network", container.network().name());
        if (!container.networkName().isEmpty()) {
            out.put("networkName", container.networkName());
        }
        ArrayNode networks = out.putArray("networkInfos");
        container.networkInfos().forEach(network -> write(network, networks.addObject()));
        ArrayNode volumes = out.putArray("volumes");
        container.volumes().forEach(mount -> write(mount, volumes.addObject()));
        out.put("forcePullImage", container.forcePullImage());
        ArrayNode parameters = out.putArray("parameters");
        container.parameters().forEach(parameter -> write(parameter, parameters.addObject()));
    }

    private static ContainerSpec.Network network(Fields in) {
        String protocol = in.text("protocol", "");
        if (!protocol.isEmpty() && !protocol.equals("IPv4") && !protocol.equals("IPv6")) {
            throw in.wrong("protocol", "IPv4 or IPv6");
        }
        return new ContainerSpec.Network(
                in.text("name", ""),
                protocol,
                in.objects("labels", label -> new Label(label.text("key", ""), label.text("value", ""))),
                in.objects("portMappings", ContainerJson::port));
    }

    private static ContainerSpec.PortMapping port(Fields in) {
        return new ContainerSpec.PortMapping(port(in, "hostPort"), port(in, "containerPort"), in.text("protocol", ""));
    }

    private static int port(Fields in, String name) {
        long port = in.whole(name, 0);
        if (port < 0 || port > 65_535) {
            throw in.wrong(name, "a port from 0 to 65535");
        }
        return (int) port;
    }

    private static ContainerSpec.Mount mount(Fields in) {
        return new ContainerSpec.Mount(
                in.text("hostPath", ""),
                in.text("containerPath", ""),
                in.choice("mode", Volume.Mode.class, Volume.Mode.RW),
                in.has("external") ? List.of(external(in.object("external"))) : List.of());
    }

    private static ContainerSpec.External external(Fields in) {
        return new ContainerSpec.External(
                in.text("name", ""), in.text("provider", ""), in.objects("options", ContainerJson::parameter));
    }

    private static Parameter parameter(Fields in) {
        return new Parameter(in.text("key", ""), in.text("value", ""));
    }

    private static void write(ContainerSpec.Network network, ObjectNode out) {
        out.put("name", network.name());
        if (!network.protocol().isEmpty()) {
            out.put("protocol", network.protocol());
        }
        ArrayNode labels = out.putArray("labels");
        network.labels()
                .forEach(label -> labels.addObject().put("key", label.key()).put("value", label.value()));
        ArrayNode ports = out.putArray("portMappings");
        network.portMappings()
                .forEach(port -> ports.addObject()
                        .put("hostPort", port.hostPort())
                        .put("containerPort", port.containerPort())
                        .put("protocol", port.protocol()));
    }

    private static void write(ContainerSpec.Mount mount, ObjectNode out) {
        if (!mount.hostPath().isEmpty()) {
            out.put("hostPath", mount.hostPath());
        }
        out.put("containerPath", mount.containerPath());
        out.put("mode", mount.mode().name());
        mount.external().forEach(external -> {
            ObjectNode node = out.putObject("external");
            node.put("name", external.name()).put("provider", external.provider());
            ArrayNode options = node.putArray("options");
            external.options().forEach(option -> write(option, options.addObject()));
        });
    }

    private static void write(Parameter parameter, ObjectNode out) {
        out.put("key", parameter.key()).put("value", parameter.value());
    }
}
