package org.nucleus.agent.core.state;

import org.nucleus.wire.FrameworkInfo;

/** A framework with a task or an update here. One that is shutting down gets no updates and no new tasks. */
public record Framework(FrameworkInfo info, boolean shuttingDown) {
    public boolean has(FrameworkInfo.Capability.Type capability) {
        return info.capabilities().stream().anyMatch(known -> known.type() == capability);
    }
}
