package org.nucleus.wire;

/** {@code AgentID}. Source: v1/mesos.proto. */
public record AgentId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
