package org.nucleus.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code Attribute}. Source: v1/mesos.proto. */
public record Attribute(
        String name,
        Value.Type type,
        Value.@Nullable Scalar scalar,
        Value.@Nullable Ranges ranges,
        Value.@Nullable Set set,
        Value.@Nullable Text text) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.name = name;
        b.type = type;
        b.scalar = scalar;
        b.ranges = ranges;
        b.set = set;
        b.text = text;
        return b;
    }

    /** Collects the fields of a {@link Attribute}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable String name;
        private Value.@Nullable Type type;
        private Value.@Nullable Scalar scalar;
        private Value.@Nullable Ranges ranges;
        private Value.@Nullable Set set;
        private Value.@Nullable Text text;

        private Builder() {}

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder type(Value.Type value) {
            this.type = value;
            return this;
        }

        public Builder scalar(Value.@Nullable Scalar value) {
            this.scalar = value;
            return this;
        }

        public Builder ranges(Value.@Nullable Ranges value) {
            this.ranges = value;
            return this;
        }

        public Builder set(Value.@Nullable Set value) {
            this.set = value;
            return this;
        }

        public Builder text(Value.@Nullable Text value) {
            this.text = value;
            return this;
        }

        public Attribute build() {
            return new Attribute(
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(type, "type"),
                    scalar,
                    ranges,
                    set,
                    text);
        }
    }
}
