package org.nucleus.marathon.core.state;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** One port: its number for clients (0: not chosen yet), protocol, name and labels. */
public record PortDefinition(
        int port, String protocol, @Nullable String name, Map<String, String> labels) {
    public PortDefinition {
        labels = Ordered.copyOf(labels);
    }

    public PortDefinition withPort(int number) {
        return new PortDefinition(number, protocol, name, labels);
    }
}
