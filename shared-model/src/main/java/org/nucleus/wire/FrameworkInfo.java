package org.nucleus.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** {@code FrameworkInfo}. Source: v1/mesos.proto. */
public record FrameworkInfo(
        String user,
        String name,
        @Nullable FrameworkId id,
        double failoverTimeout,
        boolean checkpoint,
        @Nullable String role,
        List<String> roles,
        @Nullable String hostname,
        @Nullable String principal,
        @Nullable String webuiUrl,
        List<FrameworkInfo.Capability> capabilities,
        @Nullable Labels labels,
        Map<String, OfferFilters> offerFilters) {
    public FrameworkInfo {
        roles = List.copyOf(roles);
        capabilities = List.copyOf(capabilities);
        offerFilters = Ordered.copyOf(offerFilters);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.user = user;
        b.name = name;
        b.id = id;
        b.failoverTimeout = failoverTimeout;
        b.checkpoint = checkpoint;
        b.role = role;
        b.roles = roles;
        b.hostname = hostname;
        b.principal = principal;
        b.webuiUrl = webuiUrl;
        b.capabilities = capabilities;
        b.labels = labels;
        b.offerFilters = offerFilters;
        return b;
    }

    /** Collects the fields of a {@link FrameworkInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String user;
        private @Nullable String name;
        private @Nullable FrameworkId id;
        private double failoverTimeout = 0.0;
        private boolean checkpoint = false;
        private @Nullable String role;
        private List<String> roles = List.of();
        private @Nullable String hostname;
        private @Nullable String principal;
        private @Nullable String webuiUrl;
        private List<FrameworkInfo.Capability> capabilities = List.of();
        private @Nullable Labels labels;
        private Map<String, OfferFilters> offerFilters = Map.of();

        private Builder() {}

        public Builder user(String value) {
            this.user = value;
            return this;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder id(@Nullable FrameworkId value) {
            this.id = value;
            return this;
        }

        public Builder failoverTimeout(double value) {
            this.failoverTimeout = value;
            return this;
        }

        public Builder checkpoint(boolean value) {
            this.checkpoint = value;
            return this;
        }

        public Builder role(@Nullable String value) {
            this.role = value;
            return this;
        }

        public Builder roles(List<String> value) {
            this.roles = value;
            return this;
        }

        public Builder hostname(@Nullable String value) {
            this.hostname = value;
            return this;
        }

        public Builder principal(@Nullable String value) {
            this.principal = value;
            return this;
        }

        public Builder webuiUrl(@Nullable String value) {
            this.webuiUrl = value;
            return this;
        }

        public Builder capabilities(List<FrameworkInfo.Capability> value) {
            this.capabilities = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public Builder offerFilters(Map<String, OfferFilters> value) {
            this.offerFilters = value;
            return this;
        }

        public FrameworkInfo build() {
            return new FrameworkInfo(
                    Objects.requireNonNull(user, "user"),
                    Objects.requireNonNull(name, "name"),
                    id,
                    failoverTimeout,
                    checkpoint,
                    role,
                    roles,
                    hostname,
                    principal,
                    webuiUrl,
                    capabilities,
                    labels,
                    offerFilters);
        }
    }

    /** {@code FrameworkInfo.Capability}. Source: v1/mesos.proto. */
    public record Capability(FrameworkInfo.Capability.@Nullable Type type) {

        /** {@code FrameworkInfo.Capability.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            REVOCABLE_RESOURCES,
            TASK_KILLING_STATE,
            GPU_RESOURCES,
            SHARED_RESOURCES,
            PARTITION_AWARE,
            MULTI_ROLE,
            RESERVATION_REFINEMENT,
            REGION_AWARE
        }
    }
}
