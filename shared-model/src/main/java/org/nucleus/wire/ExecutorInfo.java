package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code ExecutorInfo}. Source: v1/mesos.proto. */
public record ExecutorInfo(
        ExecutorInfo.@Nullable Type type,
        ExecutorId executorId,
        @Nullable FrameworkId frameworkId,
        @Nullable CommandInfo command,
        @Nullable ContainerInfo container,
        List<Resource> resources,
        @Nullable String name,
        @Nullable String source,
        @Nullable Bytes data,
        @Nullable DiscoveryInfo discovery,
        @Nullable DurationInfo shutdownGracePeriod,
        @Nullable Labels labels) {
    public ExecutorInfo {
        resources = List.copyOf(resources);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.type = type;
        b.executorId = executorId;
        b.frameworkId = frameworkId;
        b.command = command;
        b.container = container;
        b.resources = resources;
        b.name = name;
        b.source = source;
        b.data = data;
        b.discovery = discovery;
        b.shutdownGracePeriod = shutdownGracePeriod;
        b.labels = labels;
        return b;
    }

    /** Collects the fields of a {@link ExecutorInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private ExecutorInfo.@Nullable Type type;
        private @Nullable ExecutorId executorId;
        private @Nullable FrameworkId frameworkId;
        private @Nullable CommandInfo command;
        private @Nullable ContainerInfo container;
        private List<Resource> resources = List.of();
        private @Nullable String name;
        private @Nullable String source;
        private @Nullable Bytes data;
        private @Nullable DiscoveryInfo discovery;
        private @Nullable DurationInfo shutdownGracePeriod;
        private @Nullable Labels labels;

        private Builder() {}

        public Builder type(ExecutorInfo.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder executorId(ExecutorId value) {
            this.executorId = value;
            return this;
        }

        public Builder frameworkId(@Nullable FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder command(@Nullable CommandInfo value) {
            this.command = value;
            return this;
        }

        public Builder container(@Nullable ContainerInfo value) {
            this.container = value;
            return this;
        }

        public Builder resources(List<Resource> value) {
            this.resources = value;
            return this;
        }

        public Builder name(@Nullable String value) {
            this.name = value;
            return this;
        }

        public Builder source(@Nullable String value) {
            this.source = value;
            return this;
        }

        public Builder data(@Nullable Bytes value) {
            this.data = value;
            return this;
        }

        public Builder discovery(@Nullable DiscoveryInfo value) {
            this.discovery = value;
            return this;
        }

        public Builder shutdownGracePeriod(@Nullable DurationInfo value) {
            this.shutdownGracePeriod = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public ExecutorInfo build() {
            return new ExecutorInfo(
                    type,
                    Objects.requireNonNull(executorId, "executor_id"),
                    frameworkId,
                    command,
                    container,
                    resources,
                    name,
                    source,
                    data,
                    discovery,
                    shutdownGracePeriod,
                    labels);
        }
    }

    /** {@code ExecutorInfo.Type}. Source: v1/mesos.proto. */
    public enum Type {
        UNKNOWN,
        DEFAULT,
        CUSTOM
    }
}
