package org.nucleus.master.core.state;

import java.time.Instant;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Event;

/** Something that must leave the machine, once the changes decided before it are stored. */
public sealed interface Effect {
    /** Write {@code event} to a scheduler's stream; nothing happens if that stream has ended. */
    record SendEvent(StreamId stream, Event event) implements Effect {}

    /** End a scheduler's stream after what was sent to it before. */
    record CloseStream(StreamId stream) implements Effect {}

    /** Write {@code event} to an agent's stream; nothing happens if that stream has ended. */
    record SendToAgent(StreamId stream, AgentId agent, AgentEvent event) implements Effect {}

    /** End an agent's stream after what was sent to it before. */
    record CloseAgentStream(StreamId stream) implements Effect {}

    /**
     * Answer the call that carried {@code ticket}.
     *
     * @param message body of the answer, for people; empty for none
     */
    record Reply(Ticket ticket, Outcome outcome, String message) implements Effect {}

    /** Set the alarm of {@code key}, instead of an earlier one with that key. */
    record Wake(WakeKey key, Instant due) implements Effect {}
}
