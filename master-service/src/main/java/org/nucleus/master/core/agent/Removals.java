package org.nucleus.master.core.agent;

import java.time.Instant;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.RateLimit;
import org.nucleus.master.core.state.WakeKey;
import org.nucleus.wire.AgentId;

/**
 * How fast silent agents are given up. A partition of the network looks like the end of many agents; a limit leaves
 * time to see which it was, and an agent that is heard before its turn stays. Source: --agent_removal_rate_limit.
 */
final class Removals {
    /** Whether the agent may be given up now; if not, its turn comes by {@link WakeKey.RemovalDue}. */
    boolean mayLose(AgentId agent, Frame frame) {
        RateLimit limit = frame.settings().agentRemovals();
        if (limit == null) {
            return true;
        }
        WakeKey key = new WakeKey.RemovalDue(agent);
        if (frame.state().allocation().alarm(key) != null) {
            return false;
        }
        Instant next = frame.state().allocation().nextRemoval();
        Instant turn = next.isBefore(frame.now()) ? frame.now() : next;
        frame.record(new Change.RemovalScheduled(turn.plus(limit.interval())));
        if (turn.equals(frame.now())) {
            return true;
        }
        frame.wake(key, turn);
        return false;
    }
}
