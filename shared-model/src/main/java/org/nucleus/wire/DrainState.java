package org.nucleus.wire;

/** {@code DrainState}. Source: v1/mesos.proto. */
public enum DrainState {
    UNKNOWN,
    DRAINING,
    DRAINED
}
