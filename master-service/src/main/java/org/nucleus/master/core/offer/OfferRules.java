package org.nucleus.master.core.offer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.wire.OfferId;

/** Whether the offers of one ACCEPT may be used together. Source: master/validation.cpp, offer. */
final class OfferRules {
    private OfferRules() {}

    /** Why {@code framework} can't accept these offers together; empty if it can. */
    static Optional<String> refusal(List<OfferId> ids, Framework framework, MasterState state) {
        if (ids.isEmpty()) {
            return Optional.of("No offers specified");
        }
        SequencedSet<OfferId> seen = new LinkedHashSet<>();
        for (OfferId id : ids) {
            if (!seen.add(id)) {
                return Optional.of("Duplicate offer " + id + " in offer list");
            }
        }
        MadeOffer first = null;
        for (OfferId id : ids) {
            MadeOffer offer = state.offers().get(id);
            if (offer == null) {
                return Optional.of("Offer " + id + " is no longer valid");
            }
            if (!offer.framework().equals(framework.id())) {
                return Optional.of("Offer " + id + " has invalid framework " + offer.framework() + " while framework "
                        + framework.id() + " is expected");
            }
            first = first == null ? offer : first;
            if (!offer.role().equals(first.role())) {
                return Optional.of("Aggregated offers must be allocated to the same role. Offer " + id + " uses role '"
                        + offer.role() + "' but another is using role '" + first.role() + "'");
            }
            if (!offer.agent().equals(first.agent())) {
                return Optional.of("Aggregated offers must belong to one single agent. Offer " + id + " uses agent "
                        + offer.agent() + " and agent " + first.agent());
            }
        }
        return Optional.empty();
    }
}
