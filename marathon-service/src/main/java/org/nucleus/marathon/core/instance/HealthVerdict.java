package org.nucleus.marathon.core.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonState;

/** What all checks of an instance together say: healthy if each does; nothing while one is silent and none complains. */
public final class HealthVerdict {
    private HealthVerdict() {}

    public static @Nullable Boolean of(Instance instance, List<HealthCheck> checks, MarathonState state) {
        int byAgent = byAgent(checks);
        boolean silent = false;
        for (int i = 0; i < checks.size(); i++) {
            if (!checks.get(i).protocol().isByMarathon() && i != byAgent) {
                continue;
            }
            Health seen = state.health(instance, i);
            boolean told = seen.lastSuccess() != null || seen.lastFailure() != null;
            silent |= !told;
            if (told && !seen.alive()) {
                return false;
            }
        }
        return silent ? null : Boolean.TRUE;
    }

    /** The check that the agent runs: the first one of its kinds; negative if there is none. */
    static int byAgent(List<HealthCheck> checks) {
        for (int i = 0; i < checks.size(); i++) {
            if (!checks.get(i).protocol().isByMarathon()) {
                return i;
            }
        }
        return -1;
    }
}
