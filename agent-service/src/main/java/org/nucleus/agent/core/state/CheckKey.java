package org.nucleus.agent.core.state;

import org.nucleus.wire.ContainerId;

/** One of the at most two checks of what runs in a container. */
public record CheckKey(ContainerId container, Purpose purpose) {
    /** What the answers are for. */
    public enum Purpose {
        /** {@code health_check}: the task is killed if it fails too often. */
        HEALTH,
        /** {@code check}: the answer is reported as it is. */
        STATUS
    }
}
