package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Network;
import org.nucleus.marathon.core.state.PortDefinition;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.wire.DiscoveryInfo;
import org.nucleus.wire.Label;
import org.nucleus.wire.Port;
import org.nucleus.wire.Ports;

/** What service discovery is told of a task. Source: mesos.PortDiscovery. */
final class Discoveries {
    private Discoveries() {}

    /** @param own which port definitions are the task's */
    static DiscoveryInfo of(App app, Run run, IntPredicate own) {
        List<Port> ports = new ArrayList<>();
        for (int i = 0; i < run.ports().size(); i++) {
            if (own.test(i)) {
                ports(app, app.ports().definitions().get(i), run.ports().get(i), ports);
            }
        }
        return DiscoveryInfo.builder()
                .visibility(DiscoveryInfo.Visibility.FRAMEWORK)
                .name(app.id().hostName())
                .ports(new Ports(ports))
                .build();
    }

    private static void ports(App app, PortDefinition definition, int hostPort, List<Port> ports) {
        var mapping = definition.mapping();
        for (String protocol : definition.protocol().split(",")) {
            if (mapping == null && hostPort == 0) {
                continue;
            }
            if (mapping == null
                    || app.isOnHostNetwork()
                    || app.networks().getFirst().mode() == Network.Mode.BRIDGE) {
                ports.add(port(definition, hostPort, protocol, "host", null));
                continue;
            }
            if (hostPort != 0) {
                ports.add(port(definition, hostPort, protocol, "host", null));
            } else {
                int inside = mapping.containerPort();
                ports.add(port(definition, inside, protocol, "container", networkName(app, mapping)));
            }
        }
    }

    private static @Nullable String networkName(App app, PortDefinition.Mapping mapping) {
        return mapping.networkNames().isEmpty()
                ? app.networks().getFirst().name()
                : mapping.networkNames().getFirst();
    }

    private static Port port(
            PortDefinition definition, int number, String protocol, String scope, @Nullable String network) {
        List<Label> labels =
                new ArrayList<>(Commands.labels(definition.labels()).labels());
        labels.add(new Label("network-scope", scope));
        if (network != null) {
            labels.add(new Label("network-name", network));
        }
        return Port.builder()
                .number(number)
                .name(definition.name())
                .protocol(protocol)
                .labels(new org.nucleus.wire.Labels(labels))
                .build();
    }
}
