package org.nucleus.marathon.core.launch;

import java.util.List;
import org.nucleus.marathon.core.state.HealthCheck;

/** Which port of a task a health check asks. */
public final class HealthPorts {
    private HealthPorts() {}

    /** @param taken the task's host ports; 0 if the check needs none or the task has none */
    public static int number(HealthCheck check, List<Integer> taken) {
        if (check.port() != null) {
            return check.port();
        }
        int index = check.portIndex() == null ? 0 : check.portIndex();
        return index < taken.size() ? taken.get(index) : 0;
    }
}
