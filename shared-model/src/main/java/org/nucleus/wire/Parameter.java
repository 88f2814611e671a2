package org.nucleus.wire;

/** {@code Parameter}. Source: v1/mesos.proto. */
public record Parameter(String key, String value) {}
