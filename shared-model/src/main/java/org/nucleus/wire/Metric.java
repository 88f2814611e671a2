package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Metric}. Source: v1/mesos.proto. */
public record Metric(String name, @Nullable Double value) {}
