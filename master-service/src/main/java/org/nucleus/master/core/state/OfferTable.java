package org.nucleus.master.core.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.OfferId;

/** The outstanding offers, oldest first. Read by all rules; changed by {@link MasterState} alone. */
public final class OfferTable {
    private final SequencedMap<OfferId, MadeOffer> outstanding = new LinkedHashMap<>();
    private long numbered;

    public @Nullable MadeOffer get(OfferId id) {
        return outstanding.get(id);
    }

    public SequencedCollection<MadeOffer> all() {
        return Collections.unmodifiableSequencedCollection(outstanding.sequencedValues());
    }

    /** How many offers were numbered in this term: the next one's number. */
    public long numbered() {
        return numbered;
    }

    void add(MadeOffer offer) {
        numbered++;
        outstanding.put(offer.id(), offer);
    }

    /** Inverse offers are numbered with the others. */
    void skipNumber() {
        numbered++;
    }

    MadeOffer remove(OfferId id) {
        MadeOffer offer = outstanding.remove(id);
        if (offer == null) {
            throw new IllegalStateException("no outstanding offer " + id);
        }
        return offer;
    }
}
