package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Offer;

/**
 * How the offers were that an app has seen since it waits.
 *
 * @param declined offers refused, by the first reason found
 * @param lastUnused the last useless offer of each of the last few agents, by agent
 */
public record OfferTally(
        int processed,
        int unused,
        @Nullable Instant lastUsedAt,
        @Nullable Instant lastUnusedAt,
        Map<RejectReason, Integer> declined,
        List<Unused> lastUnused) {
    private static final int KEPT = 20;

    public OfferTally {
        declined = Collections.unmodifiableMap(new TreeMap<>(declined));
        lastUnused = List.copyOf(lastUnused);
    }

    /** An offer that was of no use, and why. */
    public record Unused(Offer offer, RejectReason reason, String detail, Instant at) {}

    public static OfferTally none() {
        return new OfferTally(0, 0, null, null, new TreeMap<>(), List.of());
    }

    public OfferTally used(Instant now) {
        return new OfferTally(processed + 1, unused, now, lastUnusedAt, declined, lastUnused);
    }

    public OfferTally unused(Offer offer, RejectReason reason, String detail, Instant now) {
        Map<RejectReason, Integer> counts = new TreeMap<>(declined);
        counts.merge(reason, 1, Integer::sum);
        List<Unused> kept = new ArrayList<>(lastUnused);
        kept.removeIf(earlier -> earlier.offer().agentId().equals(offer.agentId()));
        kept.add(new Unused(offer, reason, detail, now));
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        return new OfferTally(processed + 1, unused + 1, lastUsedAt, now, counts, kept);
    }
}
