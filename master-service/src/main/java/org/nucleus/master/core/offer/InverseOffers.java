package org.nucleus.master.core.offer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.MadeOffer;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.Unavailability;
import org.nucleus.wire.master.InverseOfferStatus;
import org.nucleus.wire.scheduler.Event;

/**
 * Whoever has something on a machine that is to be unavailable is asked to give it back. The answer binds nobody;
 * operators see it in the maintenance status. Source: hierarchical.cpp, deallocate; master.cpp, inverseOffer.
 */
public final class InverseOffers {

    /** Asks all who have something on agents in the schedule, and haven't been asked or have answered long ago. */
    public void make(Frame frame) {
        if (frame.state().policy().schedule().windows().isEmpty()) {
            return;
        }
        SequencedMap<FrameworkId, List<InverseOffer>> asked = new LinkedHashMap<>();
        for (Agent agent : frame.state().agents().all()) {
            Unavailability unavailability =
                    Machines.unavailability(agent, frame.state().policy());
            if (unavailability != null && agent.isConnected()) {
                ask(agent, unavailability, asked, frame);
            }
        }
        asked.forEach((id, offers) -> {
            Framework framework = frame.state().frameworks().get(id);
            if (framework != null) {
                frame.tell(
                        framework,
                        Event.builder()
                                .type(Event.Type.INVERSE_OFFERS)
                                .inverseOffers(new Event.InverseOffers(offers))
                                .build());
            }
        });
    }

    private static void ask(
            Agent agent,
            Unavailability unavailability,
            SequencedMap<FrameworkId, List<InverseOffer>> asked,
            Frame frame) {
        for (FrameworkId id : holders(agent.id(), frame)) {
            Framework framework = frame.state().frameworks().get(id);
            if (framework == null
                    || !framework.isConnected()
                    || frame.state().inverse().isAsked(id, agent.id(), frame.now())) {
                continue;
            }
            String master = frame.state().term().masterInfo().id();
            InverseOffer offer = InverseOffer.builder()
                    .id(new OfferId(master + "-O" + frame.state().offers().numbered()))
                    .frameworkId(id)
                    .agentId(agent.id())
                    .unavailability(unavailability)
                    .build();
            frame.record(new Change.InverseOfferMade(offer));
            asked.computeIfAbsent(id, _ -> new ArrayList<>()).add(offer);
        }
    }

    /** Who has tasks, executors or offers on the agent. */
    private static SequencedSet<FrameworkId> holders(AgentId agent, Frame frame) {
        SequencedSet<FrameworkId> holders = new LinkedHashSet<>();
        for (TaskKey task : frame.state().agents().tasks(agent)) {
            holders.add(task.framework());
        }
        for (ExecutorKey executor : frame.state().agents().executors(agent).keySet()) {
            holders.add(executor.framework());
        }
        for (OfferId id : frame.state().agents().offers(agent)) {
            MadeOffer offer = frame.state().offers().get(id);
            if (offer != null) {
                holders.add(offer.framework());
            }
        }
        return holders;
    }

    /** The framework's answer to inverse offers; those that are not outstanding any more are passed over. */
    void answer(Framework framework, List<OfferId> ids, InverseOfferStatus.Status answer, Instant until, Frame frame) {
        for (OfferId id : ids) {
            InverseOffer offer = frame.state().inverse().get(id);
            AgentId agent = offer == null ? null : offer.agentId();
            if (offer != null && agent != null && offer.frameworkId().equals(framework.id())) {
                frame.record(new Change.InverseOfferEnded(id));
                InverseOfferStatus status = new InverseOfferStatus(answer, framework.id(), time(frame.now()));
                frame.record(new Change.InverseOfferAnswered(agent, status, until));
            }
        }
    }

    /** The agent goes, or its window changes: what was asked is void, and what was answered. */
    public void rescindAllOn(AgentId agent, Frame frame) {
        for (InverseOffer offer : frame.state().inverse().on(agent)) {
            Framework framework = frame.state().frameworks().get(offer.frameworkId());
            frame.record(new Change.InverseOfferEnded(offer.id()));
            if (framework != null) {
                frame.tell(
                        framework,
                        Event.builder()
                                .type(Event.Type.RESCIND_INVERSE_OFFER)
                                .rescindInverseOffer(new Event.RescindInverseOffer(offer.id()))
                                .build());
            }
        }
        if (!frame.state().inverse().answers(agent).isEmpty()) {
            frame.record(new Change.InverseOffersForgotten(agent));
        }
    }

    /** The framework is not there to answer. */
    void discardAllOf(FrameworkId framework, Frame frame) {
        for (InverseOffer offer : frame.state().inverse().of(framework)) {
            frame.record(new Change.InverseOfferEnded(offer.id()));
        }
    }

    private static TimeInfo time(Instant at) {
        return new TimeInfo(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }
}
