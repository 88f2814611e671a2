package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Operation}. Source: v1/mesos.proto. */
public record Operation(
        @Nullable FrameworkId frameworkId,
        @Nullable AgentId agentId,
        Offer.Operation info,
        OperationStatus latestStatus,
        List<OperationStatus> statuses,
        Uuid uuid) {
    public Operation {
        statuses = List.copyOf(statuses);
    }
}
