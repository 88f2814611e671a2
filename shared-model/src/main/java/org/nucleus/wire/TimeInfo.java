package org.nucleus.wire;

/** {@code TimeInfo}. Source: v1/mesos.proto. */
public record TimeInfo(long nanoseconds) {}
