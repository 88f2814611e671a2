package org.nucleus.agent.core.state;

import org.nucleus.wire.AgentId;

/** Who the agent is to the master. */
public sealed interface Identity {
    /** It has never been admitted. */
    record Fresh() implements Identity {}

    record Admitted(AgentId id) implements Identity {}

    /** It was told to end: it kills its tasks, and begins anew afterwards. */
    record Dismissed(String reason) implements Identity {}
}
