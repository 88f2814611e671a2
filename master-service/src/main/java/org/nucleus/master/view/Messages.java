package org.nucleus.master.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentOrder;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.master.core.state.Picture.CompletedFramework;
import org.nucleus.master.core.state.Picture.FrameworkPicture;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.KnownFramework;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.master.Response;

/** Agents and frameworks as the operator API tells of them. Source: master/http.cpp, createAgentResponse. */
public final class Messages {
    private Messages() {}

    public static Response.GetAgents.Agent agent(AgentPicture picture) {
        Agent agent = picture.agent();
        Response.GetAgents.Agent.Builder message = describe(agent.known(), address(agent));
        if (agent.link() instanceof Agent.Link.Connected connected
                && connected.since().isAfter(agent.known().registeredAt())) {
            message.reregisteredTime(time(connected.since()));
        }
        AgentOrder order = picture.order();
        if (order != null && order.drain() != null) {
            message.drainInfo(order.drain()).estimatedDrainStartTime(time(order.since()));
        }
        return message.active(picture.isActive())
                .deactivated(order != null)
                .totalResources(agent.total().toList())
                .allocatedResources(picture.used().toList())
                .offeredResources(picture.offered().toList())
                .build();
    }

    /** An agent that has just been admitted and runs nothing that is known of. */
    static Response.GetAgents.Agent agent(KnownAgent known, String address) {
        return describe(known, address)
                .active(true)
                .totalResources(known.info().resources())
                .build();
    }

    public static Response.GetFrameworks.Framework framework(FrameworkPicture picture) {
        Framework framework = picture.framework();
        Response.GetFrameworks.Framework.Builder message = describe(framework.known())
                .active(framework.isConnected())
                .connected(framework.isConnected())
                .recovered(framework.isRecovered())
                .offers(picture.offers())
                .inverseOffers(picture.inverseOffers())
                .offerConstraints(picture.constraints().roleConstraints().isEmpty() ? null : picture.constraints())
                .allocatedResources(picture.used().toList())
                .offeredResources(picture.offered().toList());
        if (framework.link() instanceof Framework.Link.Disconnected disconnected) {
            message.unregisteredTime(time(disconnected.since()));
        }
        return message.build();
    }

    public static Response.GetFrameworks.Framework framework(CompletedFramework completed) {
        Instant at = completed.framework().completedAt();
        return describe(completed.framework())
                .unregisteredTime(at == null ? null : time(at))
                .build();
    }

    /** A framework as it was stored: one with a deadline is known from an agent only, and has yet to come back. */
    static Response.GetFrameworks.Framework framework(KnownFramework known) {
        boolean connected = known.failoverDeadline() == null;
        return describe(known)
                .active(connected)
                .connected(connected)
                .recovered(!connected)
                .build();
    }

    private static Response.GetAgents.Agent.Builder describe(KnownAgent known, @Nullable String address) {
        AgentInfo info = known.info();
        return Response.GetAgents.Agent.builder()
                .agentInfo(info)
                .deactivated(false)
                .version(known.version())
                .pid(address == null ? null : pid(address, info.port()))
                .registeredTime(time(known.registeredAt()))
                .capabilities(known.capabilities());
    }

    private static Response.GetFrameworks.Framework.Builder describe(KnownFramework known) {
        boolean again = known.reregisteredAt().isAfter(known.registeredAt());
        return Response.GetFrameworks.Framework.builder()
                .frameworkInfo(known.info())
                .registeredTime(time(known.registeredAt()))
                .reregisteredTime(again ? time(known.reregisteredAt()) : null);
    }

    /** An agent's address of the form that generators read the host from. */
    public static String pid(String address, int port) {
        return "slave(1)@" + address + ":" + port;
    }

    /** Where the agent was last heard from; its hostname, if that was before this master's election. */
    public static String address(Agent agent) {
        return switch (agent.link()) {
            case Agent.Link.Recovered _ -> agent.hostname();
            case Agent.Link.Connected connected -> connected.address();
            case Agent.Link.Disconnected disconnected -> disconnected.address();
        };
    }

    private static TimeInfo time(Instant at) {
        return new TimeInfo(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }
}
