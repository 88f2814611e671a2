package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Image}. Source: v1/mesos.proto. */
public record Image(Image.Type type, Image.@Nullable Appc appc, Image.@Nullable Docker docker, boolean cached) {

    /** {@code Image.Appc}. Source: v1/mesos.proto. */
    public record Appc(
            String name, @Nullable String id, @Nullable Labels labels) {}

    /** {@code Image.Docker}. Source: v1/mesos.proto. */
    public record Docker(
            String name,
            @Nullable Credential credential,
            @Nullable Secret config) {}

    /** {@code Image.Type}. Source: v1/mesos.proto. */
    public enum Type {
        APPC,
        DOCKER
    }
}
