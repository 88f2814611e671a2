package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Port}. Source: v1/mesos.proto. */
public record Port(
        int number,
        @Nullable String name,
        @Nullable String protocol,
        DiscoveryInfo.@Nullable Visibility visibility,
        @Nullable Labels labels) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.number = number;
        b.name = name;
        b.protocol = protocol;
        b.visibility = visibility;
        b.labels = labels;
        return b;
    }

    /** Collects the fields of a {@link Port}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private int number;
        private @Nullable String name;
        private @Nullable String protocol;
        private DiscoveryInfo.@Nullable Visibility visibility;
        private @Nullable Labels labels;

        private Builder() {}

        public Builder number(int value) {
            this.number = value;
            return this;
        }

        public Builder name(@Nullable String value) {
            this.name = value;
            return this;
        }

        public Builder protocol(@Nullable String value) {
            this.protocol = value;
            return this;
        }

        public Builder visibility(DiscoveryInfo.@Nullable Visibility value) {
            this.visibility = value;
            return this;
        }

        public Builder labels(@Nullable Labels value) {
            this.labels = value;
            return this;
        }

        public Port build() {
            return new Port(number, name, protocol, visibility, labels);
        }
    }
}
