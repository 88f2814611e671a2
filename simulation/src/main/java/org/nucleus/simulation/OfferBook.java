package org.nucleus.simulation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;

/** All offers that any master ever made: each is of one framework, and is used at most once. */
final class OfferBook {
    private final SequencedMap<OfferId, Offer> live = new LinkedHashMap<>();
    private final SequencedSet<OfferId> over = new LinkedHashSet<>();

    void made(Offer offer) {
        Broken.unless(
                !live.containsKey(offer.id()) && !over.contains(offer.id()), "an offer's id was used before", offer);
        live.put(offer.id(), offer);
    }

    void declined(FrameworkId framework, List<OfferId> offers) {
        offers.stream().filter(id -> isLiveOf(framework, id)).forEach(this::ended);
    }

    /** A master has this offer outstanding. */
    void checkLive(Offer offer) {
        Broken.unless(live.containsKey(offer.id()), "an offer that is over is still outstanding", offer);
    }

    /** It was rescinded, declined or used. */
    void ended(OfferId id) {
        live.remove(id);
        over.add(id);
    }

    /** An ACCEPT of these offers led to {@code launched}, perhaps to nothing, perhaps on what it reserved before. */
    void accepted(FrameworkId framework, List<OfferId> offers, List<TaskInfo> launched) {
        if (!launched.isEmpty()) {
            Resources offered = Resources.none();
            for (OfferId id : offers) {
                Offer offer = live.get(id);
                if (offer == null || !offer.frameworkId().equals(framework)) {
                    throw new Broken("a launch on an offer that is over or another's | " + id + " | " + launched);
                }
                offered = offered.plus(unallocated(offer.resources()));
            }
            Resources taken = Resources.none();
            for (TaskInfo task : launched) {
                taken = taken.plus(unallocated(task.resources()));
            }
            boolean fits = offered.asConfigured().contains(taken.asConfigured());
            Broken.unless(fits, "launches exceed their offers", taken, offered);
        }
        declined(framework, offers);
    }

    private boolean isLiveOf(FrameworkId framework, OfferId id) {
        Offer offer = live.get(id);
        return offer != null && offer.frameworkId().equals(framework);
    }

    private static Resources unallocated(List<Resource> resources) {
        return Resources.of(resources).unallocated();
    }
}
