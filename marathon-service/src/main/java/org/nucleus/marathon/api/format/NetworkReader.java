package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.PortDefinition.Mapping;
import org.nucleus.marathon.core.state.Ports;

/** Reads networks and ports, in the present form and in those of older clients. Source: AppNormalization. */
final class NetworkReader {
    private static final int PORT_MOST = 65_535;

    private NetworkReader() {}

    /** @param defaultName of a container network without a name; absent: it must have one */
    static List<Network> networks(Fields fields, @Nullable String defaultName) {
        Fields docker = docker(fields);
        String old = docker == null ? null : docker.text("network");
        Fields address = fields.object("ipAddress");
        if (fields.has("networks")) {
            if (old != null || address != null) {
                fields.problems().add("/networks", "Please use either the networks field or the deprecated ones.");
            }
            return networks(fields, "networks", defaultName);
        }
        if (address != null && !"HOST".equals(old)) {
            return List.of(new Network(
                    Network.Mode.CONTAINER, name(address.text("networkName"), defaultName), address.map("labels")));
        }
        if (old == null || old.equals("HOST")) {
            return List.of();
        }
        return switch (old) {
            case "BRIDGE" -> List.of(new Network(Network.Mode.BRIDGE, null, Map.of()));
            case "USER" -> List.of(new Network(Network.Mode.CONTAINER, name(null, defaultName), Map.of()));
            default -> {
                fields.problems().add("/container/docker/network", "error.unknown.enum.literal");
                yield List.of();
            }
        };
    }

    static List<Network> networks(Fields fields, String field, @Nullable String defaultName) {
        List<Network> networks = new ArrayList<>();
        fields.objects(field, one -> {
            Network.Mode mode = mode(one);
            String name = one.text("name");
            networks.add(new Network(
                    mode, mode == Network.Mode.CONTAINER ? name(name, defaultName) : name, one.map("labels")));
        });
        return networks;
    }

    private static @Nullable String name(@Nullable String name, @Nullable String otherwise) {
        return name == null ? otherwise : name;
    }

    private static Network.Mode mode(Fields network) {
        String text = network.text("mode", "container");
        for (Network.Mode mode : Network.Mode.values()) {
            if (mode.wireName().equals(text)) {
                return mode;
            }
        }
        network.problems().add(network.at("mode"), "error.unknown.enum.literal");
        return Network.Mode.HOST;
    }

    private static @Nullable Fields docker(Fields fields) {
        Fields container = fields.object("container");
        return container == null ? null : container.object("docker");
    }

    static Ports ports(Fields fields, List<Network> networks) {
        boolean required = fields.flag("requirePorts", false);
        boolean host = networks.stream().allMatch(network -> network.mode() == Network.Mode.HOST);
        return host
                ? new Ports(onHost(fields), required)
                : new Ports(mappings(fields, networks.getFirst().mode()), false);
    }

    private static List<PortDefinition> onHost(Fields fields) {
        List<PortDefinition> definitions = new ArrayList<>();
        if (fields.has("portDefinitions")) {
            if (fields.has("ports")) {
                fields.problems().add("/ports", "cannot specify both ports and port definitions");
            }
            fields.objects(
                    "portDefinitions",
                    one -> definitions.add(new PortDefinition(
                            one.whole("port", 0, 0, PORT_MOST), protocol(one), one.text("name"), one.map("labels"))));
        } else if (fields.has("ports")) {
            fields.elements("ports", (node, at) -> {
                if (node.isInt() && node.intValue() >= 0 && node.intValue() <= PORT_MOST) {
                    definitions.add(new PortDefinition(node.intValue(), "tcp", null, Map.of()));
                } else {
                    fields.problems().add(at, node.isInt() ? "error.max" : "error.expected.jsnumber");
                }
            });
        } else {
            definitions.add(new PortDefinition(0, "tcp", "default", Map.of()));
        }
        return definitions;
    }

    private static List<PortDefinition> mappings(Fields fields, Network.Mode mode) {
        List<PortDefinition> definitions = new ArrayList<>();
        Fields container = fields.object("container");
        Fields docker = docker(fields);
        boolean bridge = mode == Network.Mode.BRIDGE;
        if (container != null && container.has("portMappings")) {
            container.objects("portMappings", one -> definitions.add(mapping(one, bridge)));
        } else if (docker != null && docker.has("portMappings")) {
            docker.objects("portMappings", one -> definitions.add(mapping(one, bridge)));
        } else if (fields.object("ipAddress") instanceof Fields address
                && address.object("discovery") instanceof Fields discovery) {
            discovery.objects(
                    "ports",
                    one -> definitions.add(new PortDefinition(
                            0,
                            protocol(one),
                            one.text("name"),
                            one.map("labels"),
                            new Mapping(one.whole("number", 0, 0, PORT_MOST), null, List.of()))));
        } else {
            Mapping only = new Mapping(0, bridge ? Integer.valueOf(0) : null, List.of());
            definitions.add(new PortDefinition(0, "tcp", "default", Map.of(), only));
        }
        return definitions;
    }

    private static PortDefinition mapping(Fields one, boolean bridge) {
        Integer hostPort = one.whole("hostPort", 0, PORT_MOST);
        return new PortDefinition(
                one.whole("servicePort", 0, 0, PORT_MOST),
                protocol(one),
                one.text("name"),
                one.map("labels"),
                new Mapping(
                        one.whole("containerPort", 0, 0, PORT_MOST),
                        hostPort == null && bridge ? Integer.valueOf(0) : hostPort,
                        one.texts("networkNames")));
    }

    private static String protocol(Fields definition) {
        String protocol = definition.text("protocol", "tcp");
        if (!List.of("tcp", "udp", "udp,tcp", "tcp,udp").contains(protocol)) {
            definition.problems().add(definition.at("protocol"), "error.unknown.enum.literal");
        }
        return protocol;
    }
}
