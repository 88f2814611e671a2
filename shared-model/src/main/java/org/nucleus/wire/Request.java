package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Request}. Source: v1/mesos.proto. */
public record Request(@Nullable AgentId agentId, List<Resource> resources) {
    public Request {
        resources = List.copyOf(resources);
    }
}
