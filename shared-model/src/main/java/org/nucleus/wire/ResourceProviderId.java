package org.nucleus.wire;

/** {@code ResourceProviderID}. Source: v1/mesos.proto. */
public record ResourceProviderId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
