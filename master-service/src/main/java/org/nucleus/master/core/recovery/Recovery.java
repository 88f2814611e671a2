package org.nucleus.master.core.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.master.core.agent.Agents;
import org.nucleus.master.core.framework.Frameworks;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.wire.AgentId;

/**
 * A new term begins with what earlier ones stored. Agents have the reregistration timeout to come back, frameworks what
 * is left of their failover timeout, but never less than agents need: nobody could come back while nobody led.
 */
public final class Recovery {
    private final Agents agents;

    public Recovery(Agents agents) {
        this.agents = agents;
    }

    public void begin(MasterInput.Elected elected, Frame frame) {
        frame.begin(elected);
        for (Framework framework : List.copyOf(frame.state().frameworks().all())) {
            Instant deadline = deadline(framework, frame);
            frame.record(new Change.FrameworkDisconnected(framework.id(), frame.now(), deadline));
            frame.wake(new WakeKey.FailoverTimeout(framework.id()), deadline);
        }
        if (frame.state().isRecovering()) {
            frame.wake(
                    new WakeKey.RecoveryWindow(),
                    frame.now().plus(frame.settings().agentReregisterTimeout()));
        }
        if (frame.state().policy().weights().isEmpty()) {
            frame.settings().weights().forEach((role, weight) -> frame.record(new Change.WeightSet(role, weight)));
        }
        wakeForCleanup(frame);
    }

    private static Instant deadline(Framework framework, Frame frame) {
        Instant stored = framework.known().failoverDeadline();
        if (stored != null) {
            Instant least = frame.now().plus(frame.settings().totalPingTimeout());
            return stored.isBefore(least) ? least : stored;
        }
        Duration own = Frameworks.failoverTimeout(framework.info());
        Duration least = frame.settings().agentReregisterTimeout();
        return frame.now().plus(own.compareTo(least) < 0 ? least : own);
    }

    /** The agents that did not come back are unreachable. Source: master.cpp, Master::recoveredSlavesTimeout. */
    public void windowClosed(Frame frame) {
        for (Agent agent : List.copyOf(frame.state().agents().all())) {
            if (agent.isRecovered()) {
                agents.notBack(agent, frame);
            }
        }
        frame.record(new Change.RecoveryEnded());
        frame.allocate(null);
    }

    /** Forgets unreachable and gone agents that are too old or too many. Source: master.cpp, Master::doRegistryGc. */
    public void cleanUp(Frame frame) {
        List<AgentId> old = new ArrayList<>();
        old.addAll(old(List.copyOf(frame.state().agents().allUnreachable()), frame));
        old.addAll(old(List.copyOf(frame.state().agents().allGone()), frame));
        for (AgentId id : old) {
            if (frame.state().policy().order(id) != null) {
                frame.record(new Change.AgentOrdered(id, null));
            }
            frame.record(new Change.AgentForgotten(id));
        }
        wakeForCleanup(frame);
    }

    private static List<AgentId> old(List<KnownAgent> known, Frame frame) {
        Instant oldest = frame.now().minus(frame.settings().registryMaxAgentAge());
        int tooMany = known.size() - frame.settings().registryMaxAgentCount();
        List<AgentId> ids = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            AgentId id = known.get(i).info().id();
            if (id != null && (i < tooMany || known.get(i).standingSince().isBefore(oldest))) {
                ids.add(id);
            }
        }
        return ids;
    }

    private static void wakeForCleanup(Frame frame) {
        frame.wake(
                new WakeKey.RegistryCleanup(), frame.now().plus(frame.settings().registryCleanupInterval()));
    }
}
