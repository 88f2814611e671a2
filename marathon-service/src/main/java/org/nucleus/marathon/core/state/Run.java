package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.NetworkInfo;

/**
 * The task of an instance: where it was sent and what came back.
 *
 * @param ports of the host, in the order of the app's port definitions
 * @param startedAt when it was first seen running
 * @param addresses as the agent reported them; empty before
 */
public record Run(
        String agent,
        String host,
        @Nullable String region,
        @Nullable String zone,
        List<Attribute> attributes,
        List<Integer> ports,
        Instant stagedAt,
        @Nullable Instant startedAt,
        List<NetworkInfo.IpAddress> addresses) {
    public Run {
        attributes = List.copyOf(attributes);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    public Run started(Instant now) {
        return new Run(
                agent, host, region, zone, attributes, ports, stagedAt, startedAt == null ? now : startedAt, addresses);
    }

    public Run at(List<NetworkInfo.IpAddress> reported) {
        return new Run(agent, host, region, zone, attributes, ports, stagedAt, startedAt, reported);
    }
}
