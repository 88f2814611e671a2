package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code MountPropagation}. Source: v1/mesos.proto. */
public record MountPropagation(MountPropagation.@Nullable Mode mode) {

    /** {@code MountPropagation.Mode}. Source: v1/mesos.proto. */
    public enum Mode {
        UNKNOWN,
        HOST_TO_CONTAINER,
        BIDIRECTIONAL
    }
}
