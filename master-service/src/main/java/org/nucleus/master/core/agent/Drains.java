package org.nucleus.master.core.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Action;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.AgentOrder;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DrainInfo;
import org.nucleus.wire.DrainState;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * Agents that are taken out of the allocation by an operator: deactivated ones keep what they run, draining ones are
 * emptied first. Both hold until an operator reactivates the agent, whoever leads. Source: master/http.cpp,
 * _drainAgent, deactivateAgent, reactivateAgent; master.cpp, checkAndTransitionDrainingAgent.
 */
public final class Drains {
    private final Agents agents;

    public Drains(Agents agents) {
        this.agents = agents;
    }

    public void drain(MasterInput.DrainAgent in, Frame frame) {
        if (!in.caller().grants().permits(Action.DRAIN_AGENTS)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to drain agents"));
            return;
        }
        String refusal = refusal(in.agent(), frame);
        if (refusal != null) {
            frame.emit(Answers.invalid(in.ticket(), refusal));
            return;
        }
        DrainInfo drain = new DrainInfo(DrainState.DRAINING, in.config());
        frame.record(new Change.AgentOrdered(in.agent(), new AgentOrder(drain, frame.now())));
        agents.offers().rescindAllOn(in.agent(), frame);
        Agent agent = frame.state().agents().get(in.agent());
        if (agent != null) {
            tell(agent, in.config(), frame);
        }
        frame.emit(Answers.ok(in.ticket()));
    }

    private static @Nullable String refusal(AgentId id, Frame frame) {
        KnownAgent known = known(id, frame);
        if (known == null) {
            return "Unknown agent '" + id + "'";
        }
        boolean capable = known.capabilities().stream()
                .anyMatch(capability -> capability.type() == AgentInfo.Capability.Type.AGENT_DRAINING);
        if (!capable) {
            return "Agent '" + id + "' is not capable of draining";
        }
        Agent agent = frame.state().agents().get(id);
        return agent != null && Machines.unavailability(agent, frame.state().policy()) != null
                ? "Agent '" + id + "' is part of a maintenance schedule"
                : null;
    }

    public void deactivate(MasterInput.DeactivateAgent in, Frame frame) {
        if (!in.caller().grants().permits(Action.DEACTIVATE_AGENTS)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to deactivate agents"));
            return;
        }
        if (known(in.agent(), frame) == null) {
            frame.emit(Answers.invalid(in.ticket(), "Unknown agent '" + in.agent() + "'"));
            return;
        }
        if (frame.state().policy().order(in.agent()) == null) {
            frame.record(new Change.AgentOrdered(in.agent(), new AgentOrder(null, frame.now())));
            agents.offers().rescindAllOn(in.agent(), frame);
        }
        frame.emit(Answers.ok(in.ticket()));
    }

    public void reactivate(MasterInput.ReactivateAgent in, Frame frame) {
        if (!in.caller().grants().permits(Action.REACTIVATE_AGENTS)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to reactivate agents"));
            return;
        }
        String refusal = known(in.agent(), frame) == null
                ? "Unknown agent '" + in.agent() + "'"
                : frame.state().policy().order(in.agent()) == null
                        ? "Agent '" + in.agent() + "' is not deactivated"
                        : frame.state().policy().isDraining(in.agent())
                                ? "Agent '" + in.agent() + "' is still in the DRAINING state"
                                : null;
        if (refusal != null) {
            frame.emit(Answers.invalid(in.ticket(), refusal));
            return;
        }
        frame.record(new Change.AgentOrdered(in.agent(), null));
        frame.allocate(in.agent());
        frame.emit(Answers.ok(in.ticket()));
    }

    /** Tells a draining agent that has just come that it is to drain. */
    static void tellAgain(Agent agent, Frame frame) {
        AgentOrder order = frame.state().policy().order(agent.id());
        if (order != null && order.drain() != null && order.drain().state() == DrainState.DRAINING) {
            tell(agent, order.drain().config(), frame);
        }
    }

    /** Draining agents on which nothing is left are drained, or gone if that was asked for. */
    public void settle(Frame frame) {
        for (var entry : List.copyOf(frame.state().policy().agents().entrySet())) {
            AgentId id = entry.getKey();
            DrainInfo drain = entry.getValue().drain();
            Agent agent = frame.state().agents().get(id);
            if (drain == null
                    || drain.state() != DrainState.DRAINING
                    || agent == null
                    || !agent.isConnected()
                    || !frame.state().agents().isIdle(id)
                    || !frame.state().operations().on(id).isEmpty()) {
                continue;
            }
            DrainInfo done = new DrainInfo(DrainState.DRAINED, drain.config());
            frame.record(new Change.AgentOrdered(
                    id, new AgentOrder(done, entry.getValue().since())));
            if (drain.config().markGone()) {
                agents.goneByOperator(id, frame);
            }
        }
    }

    private static void tell(Agent agent, DrainConfig config, Frame frame) {
        frame.tell(agent, AgentEvent.drain(frame.epoch(), new AgentEvent.Drain(config)));
    }

    private static @Nullable KnownAgent known(AgentId id, Frame frame) {
        Agent agent = frame.state().agents().get(id);
        return agent == null ? frame.state().agents().unreachable(id) : agent.known();
    }
}
