package org.nucleus.master.core.state;

import java.time.Instant;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;

/**
 * An outstanding offer.
 *
 * @param resources allocated to {@code role}
 */
public record MadeOffer(Offer offer, String role, Resources resources, Instant at) {
    public OfferId id() {
        return offer.id();
    }

    public FrameworkId framework() {
        return offer.frameworkId();
    }

    public AgentId agent() {
        return offer.agentId();
    }
}
