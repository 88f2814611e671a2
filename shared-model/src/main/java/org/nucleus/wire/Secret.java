package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Secret}. Source: v1/mesos.proto. */
public record Secret(Secret.@Nullable Type type, Secret.@Nullable Reference reference, Secret.@Nullable Value value) {

    /** {@code Secret.Reference}. Source: v1/mesos.proto. */
    public record Reference(String name, @Nullable String key) {}

    /** {@code Secret.Value}. Source: v1/mesos.proto. */
    public record Value(Bytes data) {}

    /** {@code Secret.Type}. Source: v1/mesos.proto. */
    public enum Type {
        UNKNOWN,
        REFERENCE,
        VALUE
    }
}
