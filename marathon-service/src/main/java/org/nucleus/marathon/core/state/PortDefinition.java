package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * One port: its number for clients (0: not chosen yet), protocol, name and labels.
 *
 * @param mapping how it leads into the task's own network; absent on the host's network
 */
public record PortDefinition(
        int port,
        String protocol,
        @Nullable String name,
        Map<String, String> labels,
        @Nullable Mapping mapping) {
    public PortDefinition {
        labels = Ordered.copyOf(labels);
    }

    public PortDefinition(int port, String protocol, @Nullable String name, Map<String, String> labels) {
        this(port, protocol, name, labels, null);
    }

    /**
     * @param containerPort 0: as on the host
     * @param hostPort 0: any; absent: not published on the host
     * @param networkNames the networks it is for; empty: the only one
     */
    public record Mapping(int containerPort, @Nullable Integer hostPort, List<String> networkNames) {
        public Mapping {
            networkNames = List.copyOf(networkNames);
        }
    }

    public PortDefinition withPort(int number) {
        return new PortDefinition(number, protocol, name, labels, mapping);
    }
}
