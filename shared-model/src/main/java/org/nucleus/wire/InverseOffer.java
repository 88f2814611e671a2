package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code InverseOffer}. Source: v1/mesos.proto. */
public record InverseOffer(
        OfferId id,
        @Nullable Url url,
        FrameworkId frameworkId,
        @Nullable AgentId agentId,
        Unavailability unavailability,
        List<Resource> resources) {
    public InverseOffer {
        resources = List.copyOf(resources);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.id = id;
        b.url = url;
        b.frameworkId = frameworkId;
        b.agentId = agentId;
        b.unavailability = unavailability;
        b.resources = resources;
        return b;
    }

    /** Collects the fields of a {@link InverseOffer}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable OfferId id;
        private @Nullable Url url;
        private @Nullable FrameworkId frameworkId;
        private @Nullable AgentId agentId;
        private @Nullable Unavailability unavailability;
        private List<Resource> resources = List.of();

        private Builder() {}

        public Builder id(OfferId value) {
            this.id = value;
            return this;
        }

        public Builder url(@Nullable Url value) {
            this.url = value;
            return this;
        }

        public Builder frameworkId(FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder agentId(@Nullable AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder unavailability(Unavailability value) {
            this.unavailability = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public InverseOffer build() {
            return new InverseOffer(
                    Objects.requireNonNull(id, "id"),
                    url,
                    Objects.requireNonNull(frameworkId, "framework_id"),
                    agentId,
                    Objects.requireNonNull(unavailability, "unavailability"),
                    resources);
        }
    }
}
