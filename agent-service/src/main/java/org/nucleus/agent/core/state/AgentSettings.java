package org.nucleus.agent.core.state;

import java.time.Duration;
import java.util.List;
import org.nucleus.wire.AgentInfo;

/**
 * What the operator and the machine decide about the agent.
 *
 * @param info without id
 * @param version of the software, {@code major.minor.patch}
 * @param ip where tasks are reached, for their container status
 * @param registrationBackoff the longest first wait before subscribing, doubled at each failure
 * @param shutdownGrace what a task gets between being asked and being forced to end when its framework shuts down
 * @param cleanup kill everything found at the start, forget the identity and end
 * @param executorRegistration within which a started executor must subscribe
 * @param executorReregistration within which one must come back after the agent's process was replaced
 */
public record AgentSettings(
        AgentInfo info,
        String version,
        List<AgentInfo.Capability> capabilities,
        String ip,
        Duration registrationBackoff,
        Duration shutdownGrace,
        boolean cleanup,
        Duration executorRegistration,
        Duration executorReregistration) {
    public AgentSettings {
        capabilities = List.copyOf(capabilities);
    }

    /** With the original's defaults for executors. */
    public AgentSettings(
            AgentInfo info,
            String version,
            List<AgentInfo.Capability> capabilities,
            String ip,
            Duration registrationBackoff,
            Duration shutdownGrace,
            boolean cleanup) {
        this(
                info,
                version,
                capabilities,
                ip,
                registrationBackoff,
                shutdownGrace,
                cleanup,
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
    }
}
