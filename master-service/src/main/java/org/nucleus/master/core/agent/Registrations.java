package org.nucleus.master.core.agent;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.operation.OperationUpdates;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.RegistrySnapshot.Standing;
import org.nucleus.resources.ResourceRules;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * An agent opens its stream: a new one is admitted under a new id, a known one continues under its own, an unreachable
 * one comes back, one that is gone is told to end. Source: master.cpp, Master::registerSlave, Master::reregisterSlave.
 */
public final class Registrations {
    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+.*");

    private static final String REPLACED = "a new agent registered at the same address";

    private final Agents agents;
    private final Reports reports = new Reports();

    public Registrations(Agents agents) {
        this.agents = agents;
    }

    public void subscribe(MasterInput.AgentSubscribe in, Frame frame) {
        AgentCall.Subscribe subscribe = Objects.requireNonNull(in.call().subscribe(), "checked by the edge");
        AgentId named = in.call().agentId();
        if (refusal(in, subscribe, frame).isPresent()) {
            frame.emit(new Effect.CloseAgentStream(in.stream()));
            return;
        }
        if (isDown(in, subscribe.agentInfo(), frame)) {
            shutDown(in, named == null ? nextId(frame) : named, "Machine is 'DOWN'", frame);
            return;
        }
        if (named != null) {
            Optional<String> finals = finalRefusal(named, subscribe.agentInfo(), frame);
            if (finals.isPresent()) {
                shutDown(in, named, finals.get(), frame);
                return;
            }
        }
        AgentId id = named == null ? nextId(frame) : named;
        switch (Inventory.read(subscribe, id, frame.state())) {
            case Inventory.Reading.Refused _ -> frame.emit(new Effect.CloseAgentStream(in.stream()));
            case Inventory.Reading.Accepted(var inventory) -> admit(in, subscribe, id, inventory, frame);
        }
    }

    private void admit(
            MasterInput.AgentSubscribe in,
            AgentCall.Subscribe subscribe,
            AgentId id,
            Inventory inventory,
            Frame frame) {
        Agent before = frame.state().agents().get(id);
        if (before != null && !before.isRecovered() && !fits(before, inventory, frame)) {
            frame.emit(new Effect.CloseAgentStream(in.stream()));
            return;
        }
        replaceAtSameAddress(id, subscribe.agentInfo(), frame);
        if (before != null && before.link() instanceof Agent.Link.Connected old) {
            frame.emit(new Effect.CloseAgentStream(old.stream()));
        }
        KnownAgent known = known(id, subscribe, before, frame);
        boolean wasRecovered = before != null && before.isRecovered();
        if (before == null || wasRecovered) {
            reports.endUnreachable(id, inventory, frame);
        }
        if (before == null || !before.known().equals(known)) {
            agents.offers().rescindAllOn(id, frame);
            if (before == null || !wasRecovered) {
                frame.record(new Change.AgentAdmitted(known));
            } else {
                reports.dropMissing(before, inventory, frame);
                frame.record(new Change.AgentAdmitted(known));
            }
        } else if (wasRecovered) {
            reports.dropMissing(before, inventory, frame);
        }
        reshape(id, inventory, frame);
        frame.record(new Change.AgentConnected(id, in.stream(), in.address(), frame.now()));
        Agent agent = Objects.requireNonNull(frame.state().agents().get(id));
        double timeout = frame.settings().totalPingTimeout().toMillis() / 1000.0;
        frame.tell(agent, AgentEvent.subscribed(frame.epoch(), new AgentEvent.Subscribed(id, timeout)));
        reports.merge(agent, inventory, frame);
        Drains.tellAgain(agent, frame);
        OperationUpdates.merge(agent, inventory.operations(), frame);
        agents.ping(agent, frame);
        frame.allocate(id);
    }

    /** Tasks on reservations that never reached the agent can't have reached it either. */
    private boolean fits(Agent before, Inventory inventory, Frame frame) {
        if (!reports.fits(before, inventory, frame) && !before.total().equals(inventory.total())) {
            reports.dropMissing(before, inventory, frame);
        }
        return reports.fits(before, inventory, frame);
    }

    /** The agent is right about its reservations and volumes: offers of what isn't there are taken back. */
    private void reshape(AgentId id, Inventory inventory, Frame frame) {
        Agent agent = Objects.requireNonNull(frame.state().agents().get(id));
        if (!agent.total().equals(inventory.total())) {
            agents.offers().rescindAllOn(id, frame);
            frame.record(new Change.AgentReshaped(id, inventory.total()));
        }
    }

    /** Reasons that may pass: the agent tries again. */
    private static Optional<String> refusal(MasterInput.AgentSubscribe in, AgentCall.Subscribe subscribe, Frame frame) {
        if (!in.caller().grants().mayRegisterAgent()) {
            return Optional.of("Not authorized to register agent");
        }
        if (!VERSION.matcher(subscribe.version()).matches()) {
            return Optional.of("Agent version '" + subscribe.version() + "' is not supported");
        }
        return ResourceRules.refusal(subscribe.agentInfo().resources())
                .or(() -> ofDomain(subscribe.agentInfo(), frame));
    }

    private static Optional<String> ofDomain(AgentInfo info, Frame frame) {
        if (info.domain() == null) {
            return frame.settings().requireAgentDomain()
                    ? Optional.of("Agent must have a domain, for the master requires one")
                    : Optional.empty();
        }
        return frame.state().term().masterInfo().domain() == null
                ? Optional.of("Agent has a domain, but the master has none")
                : Optional.empty();
    }

    private static boolean isDown(MasterInput.AgentSubscribe in, AgentInfo info, Frame frame) {
        return frame.state().policy().down().stream()
                .anyMatch(machine -> Machines.is(machine, info.hostname(), in.address()));
    }

    /** Reasons that never pass: the agent has to end and may start as a new one. */
    private static Optional<String> finalRefusal(AgentId id, AgentInfo info, Frame frame) {
        if (frame.state().agents().gone(id) != null) {
            return Optional.of("Agent has been marked gone");
        }
        Agent known = frame.state().agents().get(id);
        return known != null && !known.hostname().equals(info.hostname())
                ? Optional.of("Agent attempted to reregister with different hostname")
                : Optional.empty();
    }

    private static void shutDown(MasterInput.AgentSubscribe in, AgentId id, String message, Frame frame) {
        frame.emit(new Effect.SendToAgent(
                in.stream(), id, AgentEvent.shutdown(frame.epoch(), new AgentEvent.Shutdown(message))));
        frame.emit(new Effect.CloseAgentStream(in.stream()));
    }

    /** One address is one agent: what was registered there before under another id is gone for good. */
    private void replaceAtSameAddress(AgentId id, AgentInfo info, Frame frame) {
        Agent other = frame.state().agents().at(info.hostname(), info.port());
        if (other != null && !other.id().equals(id)) {
            agents.gone(other.id(), REPLACED, frame);
        }
        for (KnownAgent lost : List.copyOf(frame.state().agents().allUnreachable())) {
            AgentInfo before = lost.info();
            boolean same = before.hostname().equals(info.hostname()) && before.port() == info.port();
            if (same && before.id() != null && !before.id().equals(id)) {
                agents.gone(before.id(), REPLACED, frame);
            }
        }
    }

    private static AgentId nextId(Frame frame) {
        String master = frame.state().term().masterInfo().id();
        var table = frame.state().agents();
        for (long number = table.numbered(); ; number++) {
            AgentId id = new AgentId(String.format(Locale.ROOT, "%s-S%d", master, number));
            if (table.get(id) == null && table.unreachable(id) == null && table.gone(id) == null) {
                return id;
            }
        }
    }

    private static KnownAgent known(AgentId id, AgentCall.Subscribe subscribe, @Nullable Agent before, Frame frame) {
        KnownAgent unreachable = frame.state().agents().unreachable(id);
        Instant registered = before != null
                ? before.known().registeredAt()
                : unreachable != null ? unreachable.registeredAt() : frame.now();
        Instant since = before != null ? before.known().standingSince() : frame.now();
        return new KnownAgent(
                subscribe.agentInfo().toBuilder().id(id).build(),
                subscribe.version(),
                subscribe.capabilities(),
                registered,
                Standing.ADMITTED,
                since);
    }
}
