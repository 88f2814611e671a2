package org.nucleus.wire;

/** {@code Filters}. Source: v1/mesos.proto. */
public record Filters(double refuseSeconds) {}
