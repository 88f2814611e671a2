package org.nucleus.wire;

/** {@code OfferID}. Source: v1/mesos.proto. */
public record OfferId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
