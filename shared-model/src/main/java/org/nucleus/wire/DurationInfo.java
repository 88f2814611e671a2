package org.nucleus.wire;

/** {@code DurationInfo}. Source: v1/mesos.proto. */
public record DurationInfo(long nanoseconds) {}
