package org.nucleus.master.core.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.operation.ResourceOperations;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.master.InverseOfferStatus;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** What becomes of outstanding offers. An offer is used at most once; what is not used goes back. */
public final class Offers {
    private static final double REFUSE_DEFAULT_SECONDS = 5;
    private static final double REFUSE_MOST_SECONDS = Duration.ofDays(365).toSeconds();

    private final Operations operations = new Operations(new ResourceOperations(this::rescind));
    private final InverseOffers inverse = new InverseOffers();

    /**
     * The offers are spent, the operations tried in order on what is left of them, the rest is declined; one who used
     * something and refuses the rest for no time at all gets it offered again at once, and so is what an operation made
     * of the offered. Offers that
     * can't be used together are given back without a filter, and all operations fail. Source: master.cpp,
     * Master::accept.
     */
    public void accept(Framework framework, Call.Accept accept, Caller caller, Frame frame) {
        Optional<String> refusal = OfferRules.refusal(accept.offerIds(), framework, frame.state());
        if (refusal.isPresent()) {
            giveBack(framework, accept.offerIds(), frame);
            operations.drop(
                    framework,
                    accept.operations(),
                    Reason.REASON_INVALID_OFFERS,
                    "Task launched with invalid offers: " + refusal.get(),
                    frame);
            return;
        }
        MadeOffer first = existing(accept.offerIds().getFirst(), frame);
        Agent agent = frame.state().agents().get(first.agent());
        if (agent == null || !agent.isConnected()) {
            giveBack(framework, accept.offerIds(), frame);
            operations.drop(
                    framework,
                    accept.operations(),
                    agent == null ? Reason.REASON_AGENT_REMOVED : Reason.REASON_AGENT_DISCONNECTED,
                    agent == null ? "Agent removed" : "Agent disconnected",
                    frame);
            return;
        }
        List<Resources> offered = new ArrayList<>();
        for (OfferId id : accept.offerIds()) {
            offered.add(existing(id, frame).resources());
            frame.record(new Change.OfferSpent(id));
        }
        Operations.Site site = new Operations.Site(framework, agent, first.role(), caller);
        Resources total = Resources.sum(offered);
        Resources left = operations.perform(accept.operations(), site, total, frame);
        Duration refused = refuseFor(accept.filters());
        boolean wantsMore = !left.equals(total) && refused.isZero();
        Resources unwanted = left.ofKindsIn(total);
        if (!unwanted.isEmpty() && !wantsMore) {
            refuse(first, unwanted, atLeastInterval(refused, frame), frame);
        }
        frame.allocate(agent.id());
    }

    /** Offers that are not outstanding any more are passed over. */
    public void decline(Framework framework, Call.Decline decline, Frame frame) {
        for (OfferId id : decline.offerIds()) {
            MadeOffer offer = frame.state().offers().get(id);
            if (offer != null && offer.framework().equals(framework.id())) {
                frame.record(new Change.OfferSpent(id));
                refuse(offer, offer.resources(), atLeastInterval(refuseFor(decline.filters()), frame), frame);
                frame.allocate(offer.agent());
            }
        }
    }

    /** Asks for what is on machines that are to be unavailable. */
    public void askBack(Frame frame) {
        inverse.make(frame);
    }

    public void acceptInverse(Framework framework, Call.AcceptInverseOffers accept, Frame frame) {
        Instant until = frame.now().plus(atLeastInterval(refuseFor(accept.filters()), frame));
        inverse.answer(framework, accept.inverseOfferIds(), InverseOfferStatus.Status.ACCEPT, until, frame);
    }

    public void declineInverse(Framework framework, Call.DeclineInverseOffers decline, Frame frame) {
        Instant until = frame.now().plus(atLeastInterval(refuseFor(decline.filters()), frame));
        inverse.answer(framework, decline.inverseOfferIds(), InverseOfferStatus.Status.DECLINE, until, frame);
    }

    /** Takes an offer back and tells its framework. */
    public void rescind(MadeOffer offer, Frame frame) {
        discard(offer, frame);
        Framework framework = frame.state().frameworks().get(offer.framework());
        if (framework != null) {
            frame.tell(
                    framework,
                    Event.builder()
                            .type(Event.Type.RESCIND)
                            .rescind(new Event.Rescind(offer.id()))
                            .build());
        }
    }

    public void rescindAllOn(AgentId agent, Frame frame) {
        for (OfferId id : List.copyOf(frame.state().agents().offers(agent))) {
            rescind(existing(id, frame), frame);
        }
        inverse.rescindAllOn(agent, frame);
    }

    /** Takes the offers of these roles back and tells their framework. */
    public void rescindAllOf(FrameworkId framework, List<String> roles, Frame frame) {
        for (OfferId id : List.copyOf(frame.state().frameworks().offers(framework))) {
            MadeOffer offer = existing(id, frame);
            if (roles.contains(offer.role())) {
                rescind(offer, frame);
            }
        }
    }

    /** Takes all offers of a framework back without telling it: whoever had them is not there any more. */
    public void discardAllOf(FrameworkId framework, Frame frame) {
        for (OfferId id : List.copyOf(frame.state().frameworks().offers(framework))) {
            discard(existing(id, frame), frame);
        }
        inverse.discardAllOf(framework, frame);
    }

    /** Rescinds the offers that nobody answered for the offer timeout. */
    public void expire(Frame frame) {
        Duration timeout = frame.settings().offerTimeout();
        if (timeout == null) {
            return;
        }
        var outstanding = frame.state().offers().all();
        while (!outstanding.isEmpty()) {
            MadeOffer offer = outstanding.getFirst();
            Instant end = offer.at().plus(timeout);
            if (end.isAfter(frame.now())) {
                frame.wake(new WakeKey.OffersExpire(), end);
                return;
            }
            rescind(offer, frame);
        }
    }

    private static void discard(MadeOffer offer, Frame frame) {
        frame.record(new Change.OfferSpent(offer.id()));
        frame.allocate(offer.agent());
    }

    private static void giveBack(Framework framework, List<OfferId> ids, Frame frame) {
        for (OfferId id : ids) {
            MadeOffer offer = frame.state().offers().get(id);
            if (offer != null && offer.framework().equals(framework.id())) {
                discard(offer, frame);
            }
        }
    }

    /** The offer's framework gets no offer of these resources or less from this agent for {@code time}. */
    private static void refuse(MadeOffer offer, Resources refused, Duration time, Frame frame) {
        frame.record(new Change.FilterSet(
                offer.framework(),
                offer.role(),
                offer.agent(),
                refused.unallocated(),
                frame.now().plus(time)));
    }

    /** One who wants nothing doesn't get the same offer again at once, whatever it asked for. */
    private static Duration atLeastInterval(Duration asked, Frame frame) {
        Duration least = frame.settings().allocationInterval();
        return asked.compareTo(least) < 0 ? least : asked;
    }

    private static Duration refuseFor(@Nullable Filters filters) {
        return refuseFor(filters == null ? REFUSE_DEFAULT_SECONDS : filters.refuseSeconds());
    }

    /**
     * {@code refuse_seconds} of a filter: negative or no number means the default (5 s), above a year means a year.
     * Source: v1/mesos.proto, Filters, and hierarchical.cpp.
     */
    static Duration refuseFor(double seconds) {
        if (!(seconds >= 0)) {
            return Duration.ofMillis(Math.round(REFUSE_DEFAULT_SECONDS * 1000));
        }
        return Duration.ofMillis(Math.round(Math.min(seconds, REFUSE_MOST_SECONDS) * 1000));
    }

    private static MadeOffer existing(OfferId id, Frame frame) {
        MadeOffer offer = frame.state().offers().get(id);
        if (offer == null) {
            throw new IllegalStateException("no outstanding offer " + id);
        }
        return offer;
    }
}
