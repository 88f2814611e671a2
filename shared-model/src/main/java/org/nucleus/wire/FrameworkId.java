package org.nucleus.wire;

/** {@code FrameworkID}. Source: v1/mesos.proto. */
public record FrameworkId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
