package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code ContainerID}. Source: v1/mesos.proto. */
public record ContainerId(String value, @Nullable ContainerId parent) {}
