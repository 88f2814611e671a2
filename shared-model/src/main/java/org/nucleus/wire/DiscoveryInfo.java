package org.nucleus.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code DiscoveryInfo}. Source: v1/mesos.proto. */
public record DiscoveryInfo(
        DiscoveryInfo.Visibility visibility,
        @Nullable String name,
        @Nullable String environment,
        @Nullable String location,
        @Nullable String version,
        @Nullable Ports ports,
        @Nullable Labels labels) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.visibility = visibility;
        b.name = name;
        b.environment = environment;
        b.location = location;
        b.version = version;
        b.ports = ports;
        b.labels = labels;
        return b;
    }

    /** Collects the fields of a {@link DiscoveryInfo}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private DiscoveryInfo.@Nullable Visibility visibility;
        private @Nullable String name;
        private @Nullable String environment;
        private @Nullable String location;
        private @Nullable String version;
        private @Nullable Ports ports;
        private @Nullable Labels labels;

        private Builder() {}

        public Builder visibility(DiscoveryInfo.Visibility value) {
            this.visibility = value;
            return this;
        }

        public Builder name(@Nullable String value) {
            this.name = value;
            return this;
        }

        public Builder environment(@Nullable String value) {
            this.environment = value;
            return this;
        }

        public Builder location(@Nullable String value) {
            this.location = value;
            return this;
        }

        public Builder version(@Nullable String value) {
            this.version = value;
            return this;
        }

        public Builder ports(@Nullable Ports value) {
            this.ports = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public DiscoveryInfo build() {
            return new DiscoveryInfo(
                    Objects.requireNonNull(visibility, "visibility"),
                    name,
                    environment,
                    location,
                    version,
                    ports,
                    labels);
        }
    }

    /** {@code DiscoveryInfo.Visibility}. Source: v1/mesos.proto. */
    public enum Visibility {
        FRAMEWORK,
        CLUSTER,
        EXTERNAL
    }
}
