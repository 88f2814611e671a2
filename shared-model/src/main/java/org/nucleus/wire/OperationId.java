package org.nucleus.wire;

/** {@code OperationID}. Source: v1/mesos.proto. */
public record OperationId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
