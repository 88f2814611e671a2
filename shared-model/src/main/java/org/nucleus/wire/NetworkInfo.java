package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code NetworkInfo}. Source: v1/mesos.proto. */
public record NetworkInfo(
        List<NetworkInfo.IpAddress> ipAddresses,
        @Nullable String name,
        List<String> groups,
        @Nullable Labels labels,
        List<NetworkInfo.PortMapping> portMappings) {
    public NetworkInfo {
        ipAddresses = List.copyOf(ipAddresses);
        groups = List.copyOf(groups);
        portMappings = List.copyOf(portMappings);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.ipAddresses = ipAddresses;
        b.name = name;
        b.groups = groups;
        b.labels = labels;
        b.portMappings = portMappings;
        return b;
    }

    /** Collects the fields of a {@link NetworkInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private List<NetworkInfo.IpAddress> ipAddresses = List.of();
        private @Nullable String name;
        private List<String> groups = List.of();
        private @Nullable Labels labels;
        private List<NetworkInfo.PortMapping> portMappings = List.of();

        private Builder() {}

        public Builder ipAddresses(List<NetworkInfo.IpAddress> value) {
            this.ipAddresses = value;
            return this;
        }

        public Builder name(@Nullable String value) {
            this.name = value;
            return this;
        }

        public Builder groups(List<String> value) {
            this.groups = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public Builder portMappings(List<NetworkInfo.PortMapping> value) {
            this.portMappings = value;
            return this;
        }

        public NetworkInfo build() {
            return new NetworkInfo(ipAddresses, name, groups, labels, portMappings);
        }
    }

    /** {@code NetworkInfo.IPAddress}. Source: v1/mesos.proto. */
    public record IpAddress(
            NetworkInfo.Protocol protocol, @Nullable String ipAddress) {}

    /** {@code NetworkInfo.PortMapping}. Source: v1/mesos.proto. */
    public record PortMapping(
            int hostPort, int containerPort, @Nullable String protocol) {}

    /** {@code NetworkInfo.Protocol}. Source: v1/mesos.proto. */
    public enum Protocol {
        IPv4,
        IPv6
    }
}
