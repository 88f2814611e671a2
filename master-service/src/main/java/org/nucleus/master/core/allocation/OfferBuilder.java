package org.nucleus.master.core.allocation;

import java.util.ArrayList;
import java.util.List;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.ExecutorKey;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.Machines;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Address;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Url;

/** Offers as they are kept, and as a framework with its capabilities gets to see them. */
final class OfferBuilder {

    Offer build(Agent agent, String role, Framework framework, Resources allocated, Frame frame) {
        String master = frame.state().term().masterInfo().id();
        var info = agent.known().info();
        return Offer.builder()
                .id(new OfferId(master + "-O" + frame.state().offers().numbered()))
                .frameworkId(framework.id())
                .agentId(agent.id())
                .hostname(agent.hostname())
                .url(url(agent))
                .domain(info.domain())
                .resources(allocated.toList(Reservations.Form.REFINED))
                .attributes(info.attributes())
                .unavailability(Machines.unavailability(agent, frame.state().policy()))
                .executorIds(executors(agent, framework, frame))
                .allocationInfo(new Resource.AllocationInfo(role))
                .build();
    }

    /** Without allocation info for those that have one role, and with reservations in the form they read. */
    Offer asSeenBy(Framework framework, Offer offer, Resources allocated) {
        Reservations.Form form = framework.has(Capability.Type.RESERVATION_REFINEMENT)
                ? Reservations.Form.REFINED
                : Reservations.Form.PLAIN;
        if (framework.isMultiRole()) {
            return form == Reservations.Form.REFINED
                    ? offer
                    : offer.toBuilder().resources(allocated.toList(form)).build();
        }
        return offer.toBuilder()
                .resources(allocated.unallocated().toList(form))
                .allocationInfo(null)
                .build();
    }

    private static Url url(Agent agent) {
        String ip = agent.link() instanceof Agent.Link.Connected connected ? connected.address() : null;
        Address address = new Address(agent.hostname(), ip, agent.known().info().port());
        return Url.builder().scheme("http").address(address).path("/slave(1)").build();
    }

    private static List<ExecutorId> executors(Agent agent, Framework framework, Frame frame) {
        List<ExecutorId> ids = new ArrayList<>();
        for (ExecutorKey key : frame.state().agents().executors(agent.id()).keySet()) {
            if (key.framework().equals(framework.id())) {
                ids.add(key.executor());
            }
        }
        return ids;
    }
}
