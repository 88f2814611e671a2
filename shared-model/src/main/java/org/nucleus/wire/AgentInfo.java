package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code AgentInfo}. Source: v1/mesos.proto. */
public record AgentInfo(
        String hostname,
        int port,
        List<Resource> resources,
        List<Attribute> attributes,
        @Nullable AgentId id,
        @Nullable DomainInfo domain) {
    public AgentInfo {
        resources = List.copyOf(resources);
        attributes = List.copyOf(attributes);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.hostname = hostname;
        b.port = port;
        b.resources = resources;
        b.attributes = attributes;
        b.id = id;
        b.domain = domain;
        return b;
    }

    /** Collects the fields of a {@link AgentInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String hostname;
        private int port = 5051;
        private List<Resource> resources = List.of();
        private List<Attribute> attributes = List.of();
        private @Nullable AgentId id;
        private @Nullable DomainInfo domain;

        private Builder() {}

        public Builder hostname(String value) {
            this.hostname = value;
            return this;
        }

        public Builder port(int value) {
            this.port = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public Builder attributes(List<Attribute> value) {
            this.attributes = value;
            return this;
        }

        public Builder id(@Nullable AgentId value) {
            this.id = value;
            return this;
        }

        public Builder domain(@Nullable DomainInfo value) {
            this.domain = value;
            return this;
        }

        public AgentInfo build() {
            return new AgentInfo(Objects.requireNonNull(hostname, "hostname"), port, resources, attributes, id, domain);
        }
    }

    /** {@code AgentInfo.Capability}. Source: v1/mesos.proto. */
    public record Capability(AgentInfo.Capability.@Nullable Type type) {

        /** {@code AgentInfo.Capability.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            MULTI_ROLE,
            HIERARCHICAL_ROLE,
            RESERVATION_REFINEMENT,
            RESOURCE_PROVIDER,
            RESIZE_VOLUME,
            AGENT_OPERATION_FEEDBACK,
            AGENT_DRAINING,
            TASK_RESOURCE_LIMITS
        }
    }
}
