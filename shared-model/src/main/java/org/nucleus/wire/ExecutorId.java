package org.nucleus.wire;

/** {@code ExecutorID}. Source: v1/mesos.proto. */
public record ExecutorId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
