package org.nucleus.wire.master;

import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TimeInfo;

/** {@code allocator.InverseOfferStatus}. Source: v1/allocator/allocator.proto. */
public record InverseOfferStatus(InverseOfferStatus.Status status, FrameworkId frameworkId, TimeInfo timestamp) {

    /** {@code allocator.InverseOfferStatus.Status}. Source: v1/allocator/allocator.proto. */
    public enum Status {
        UNKNOWN,
        ACCEPT,
        DECLINE
    }
}
