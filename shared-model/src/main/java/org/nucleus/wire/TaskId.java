package org.nucleus.wire;

/** {@code TaskID}. Source: v1/mesos.proto. */
public record TaskId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
