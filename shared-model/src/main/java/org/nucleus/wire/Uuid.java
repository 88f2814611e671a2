package org.nucleus.wire;

/** {@code UUID}. Source: v1/mesos.proto. */
public record Uuid(Bytes value) {}
