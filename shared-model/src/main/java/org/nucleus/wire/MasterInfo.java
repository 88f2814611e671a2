package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code MasterInfo}. Source: v1/mesos.proto. */
public record MasterInfo(
        String id,
        int ip,
        int port,
        @Nullable String pid,
        @Nullable String hostname,
        @Nullable String version,
        @Nullable Address address,
        @Nullable DomainInfo domain,
        List<MasterInfo.Capability> capabilities) {
    public MasterInfo {
        capabilities = List.copyOf(capabilities);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.id = id;
        b.ip = ip;
        b.port = port;
        b.pid = pid;
        b.hostname = hostname;
        b.version = version;
        b.address = address;
        b.domain = domain;
        b.capabilities = capabilities;
        return b;
    }

    /** Collects the fields of a {@link MasterInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String id;
        private int ip;
        private int port = 5050;
        private @Nullable String pid;
        private @Nullable String hostname;
        private @Nullable String version;
        private @Nullable Address address;
        private @Nullable DomainInfo domain;
        private List<MasterInfo.Capability> capabilities = List.of();

        private Builder() {}

        public Builder id(String value) {
            this.id = value;
            return this;
        }

        public Builder ip(int value) {
            this.ip = value;
            return this;
        }

        public Builder port(int value) {
            this.port = value;
            return this;
        }

        public Builder pid(@Nullable String value) {
            this.pid = value;
            return this;
        }

        public Builder hostname(@Nullable String value) {
            this.hostname = value;
            return this;
        }

        public Builder version(@Nullable String value) {
            this.version = value;
            return this;
        }

        public Builder address(@Nullable Address value) {
            this.address = value;
            return this;
        }

        public Builder domain(@Nullable DomainInfo value) {
            this.domain = value;
            return this;
        }

        public Builder capabilities(List<MasterInfo.Capability> value) {
            this.capabilities = value;
            return this;
        }

        public MasterInfo build() {
            return new MasterInfo(
                    Objects.requireNonNull(id, "id"), ip, port, pid, hostname, version, address, domain, capabilities);
        }
    }

    /** {@code MasterInfo.Capability}. Source: v1/mesos.proto. */
    public record Capability(MasterInfo.Capability.@Nullable Type type) {

        /** {@code MasterInfo.Capability.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            AGENT_UPDATE,
            AGENT_DRAINING
        }
    }
}
