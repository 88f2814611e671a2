package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.NetworkInfo;

/** What is told to those who listen at {@code /v2/events}. */
public sealed interface MarathonEvent {
    Instant timestamp();

    record ApiPost(Instant timestamp, App app) implements MarathonEvent {}

    record SchedulerRegistered(Instant timestamp, String frameworkId, String master) implements MarathonEvent {}

    record SchedulerReregistered(Instant timestamp, String master) implements MarathonEvent {}

    record SchedulerDisconnected(Instant timestamp) implements MarathonEvent {}

    record GroupChanged(Instant timestamp, AppPath group, Version version) implements MarathonEvent {}

    record DeploymentInfo(Instant timestamp, Deployment deployment, PlanStep step) implements MarathonEvent {}

    record DeploymentStepDone(Instant timestamp, Deployment deployment, PlanStep step) implements MarathonEvent {}

    record DeploymentSucceeded(Instant timestamp, Deployment deployment) implements MarathonEvent {}

    record DeploymentFailed(Instant timestamp, Deployment deployment, String reason) implements MarathonEvent {}

    record AppTerminated(Instant timestamp, AppPath app) implements MarathonEvent {}

    record StatusUpdated(
            Instant timestamp,
            String agent,
            String taskId,
            String state,
            String message,
            AppPath app,
            String host,
            List<NetworkInfo.IpAddress> addresses,
            List<Integer> ports,
            Version version)
            implements MarathonEvent {}

    record InstanceMoved(
            Instant timestamp,
            InstanceId instance,
            String condition,
            AppPath app,
            @Nullable String agent,
            @Nullable String host,
            Version version)
            implements MarathonEvent {}

    record UnknownInstanceTerminated(Instant timestamp, InstanceId instance, String condition)
            implements MarathonEvent {}

    record InstanceHealthChanged(
            Instant timestamp, Instance instance, @Nullable Boolean healthy) implements MarathonEvent {}

    record HealthStatusChanged(Instant timestamp, Instance instance, boolean alive) implements MarathonEvent {}

    record HealthCheckFailed(Instant timestamp, Instance instance, HealthCheck check) implements MarathonEvent {}

    record UnhealthyInstanceKilled(Instant timestamp, Instance instance, String reason) implements MarathonEvent {}
}
