package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code Value}. Source: v1/mesos.proto. */
public record Value(
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
        b.type = type;
        b.scalar = scalar;
        b.ranges = ranges;
        b.set = set;
        b.text = text;
        return b;
    }

    /** Collects the fields of a {@link Value}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Value.@Nullable Type type;
        private Value.@Nullable Scalar scalar;
        private Value.@Nullable Ranges ranges;
        private Value.@Nullable Set set;
        private Value.@Nullable Text text;

        private Builder() {}

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

        public Value build() {
            return new Value(Objects.requireNonNull(type, "type"), scalar, ranges, set, text);
        }
    }

    /** {@code Value.Scalar}. Source: v1/mesos.proto. */
    public record Scalar(double value) {}

    /** {@code Value.Range}. Source: v1/mesos.proto. */
    public record Range(long begin, long end) {}

    /** {@code Value.Ranges}. Source: v1/mesos.proto. */
    public record Ranges(List<Value.Range> range) {
        public Ranges {
            range = List.copyOf(range);
        }
    }

    /** {@code Value.Set}. Source: v1/mesos.proto. */
    public record Set(List<String> item) {
        public Set {
            item = List.copyOf(item);
        }
    }

    /** {@code Value.Text}. Source: v1/mesos.proto. */
    public record Text(String value) {}

    /** {@code Value.Type}. Source: v1/mesos.proto. */
    public enum Type {
        SCALAR,
        RANGES,
        SET,
        TEXT
    }
}
