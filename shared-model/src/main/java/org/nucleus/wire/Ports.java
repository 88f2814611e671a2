package org.nucleus.wire;

import java.util.List;

/** {@code Ports}. Source: v1/mesos.proto. */
public record Ports(List<Port> ports) {
    public Ports {
        ports = List.copyOf(ports);
    }
}
