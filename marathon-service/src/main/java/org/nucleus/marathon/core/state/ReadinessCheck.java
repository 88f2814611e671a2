package org.nucleus.marathon.core.state;

import java.util.List;

/**
 * How it is found out whether a fresh instance may count for a deployment; asked from its start until it says so once.
 *
 * @param readyCodes the statuses that mean ready
 * @param preserveLastResponse whether the last answer is kept to be shown
 */
public record ReadinessCheck(
        String name,
        boolean https,
        String path,
        String portName,
        int intervalSeconds,
        int timeoutSeconds,
        List<Integer> readyCodes,
        boolean preserveLastResponse) {
    public ReadinessCheck {
        readyCodes = List.copyOf(readyCodes);
    }
}
