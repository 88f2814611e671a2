package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code WeightInfo}. Source: v1/mesos.proto. */
public record WeightInfo(double weight, @Nullable String role) {}
