package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code OperationStatus}. Source: v1/mesos.proto. */
public record OperationStatus(
        @Nullable OperationId operationId,
        OperationState state,
        @Nullable String message,
        List<Resource> convertedResources,
        @Nullable Uuid uuid,
        @Nullable AgentId agentId,
        @Nullable ResourceProviderId resourceProviderId) {
    public OperationStatus {
        convertedResources = List.copyOf(convertedResources);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.operationId = operationId;
        b.state = state;
        b.message = message;
        b.convertedResources = convertedResources;
        b.uuid = uuid;
        b.agentId = agentId;
        b.resourceProviderId = resourceProviderId;
        return b;
    }

    /** Collects the fields of a {@link OperationStatus}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable OperationId operationId;
        private @Nullable OperationState state;
        private @Nullable String message;
        private List<Resource> convertedResources = List.of();
        private @Nullable Uuid uuid;
        private @Nullable AgentId agentId;
        private @Nullable ResourceProviderId resourceProviderId;

        private Builder() {}

        public Builder operationId(@Nullable OperationId value) {
            this.operationId = value;
            return this;
        }

        public Builder state(OperationState value) {
            this.state = value;
            return this;
        }

        public Builder message(@Nullable String value) {
            this.message = value;
            return this;
        }

        public Builder convertedResources(List<Resource> value) {
            this.convertedResources = value;
            return this;
        }

        public Builder uuid(@Nullable Uuid value) {
            this.uuid = value;
            return this;
        }

        public Builder agentId(@Nullable AgentId value) {
            this.agentId = value;
            return this;
        }

        public Builder resourceProviderId(@Nullable ResourceProviderId value) {
            this.resourceProviderId = value;
            return this;
        }

        public OperationStatus build() {
            return new OperationStatus(
                    operationId,
                    Objects.requireNonNull(state, "state"),
                    message,
                    convertedResources,
                    uuid,
                    agentId,
                    resourceProviderId);
        }
    }
}
