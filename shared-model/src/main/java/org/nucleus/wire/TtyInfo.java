package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code TTYInfo}. Source: v1/mesos.proto. */
public record TtyInfo(TtyInfo.@Nullable WindowSize windowSize) {

    /** {@code TTYInfo.WindowSize}. Source: v1/mesos.proto. */
    public record WindowSize(int rows, int columns) {}
}
