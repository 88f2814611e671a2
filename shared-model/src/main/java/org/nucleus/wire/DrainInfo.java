package org.nucleus.wire;

/** {@code DrainInfo}. Source: v1/mesos.proto. */
public record DrainInfo(DrainState state, DrainConfig config) {}
