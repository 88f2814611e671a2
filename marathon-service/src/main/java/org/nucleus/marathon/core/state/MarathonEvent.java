package org.nucleus.marathon.core.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.NetworkInfo;

/** What is told to those who listen at {@code /v2/events}. */
public sealed interface MarathonEvent {
    Instant timestamp();

    /** An app was created or changed over the REST interface. */
    record ApiPost(Instant timestamp, App app, Origin origin) implements MarathonEvent {}

    record PodChanged(Instant timestamp, AppPath pod, PodChange change, Origin origin) implements MarathonEvent {}

    /** What happened to a pod's definition. */
    enum PodChange {
        CREATED,
        UPDATED,
        DELETED
    }

    record FrameworkMessage(Instant timestamp, String executor, String agent, String message)
            implements MarathonEvent {}

    record HealthCheckAdded(Instant timestamp, AppPath app, Version version, HealthCheck check)
            implements MarathonEvent {}

    record HealthCheckRemoved(Instant timestamp, AppPath app) implements MarathonEvent {}

    record GroupChangeFailed(Instant timestamp, AppPath group, Version version, String reason)
            implements MarathonEvent {}

    record DeploymentStepFailed(Instant timestamp, Deployment deployment, PlanStep step) implements MarathonEvent {}

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

    /** The apps that it speaks of; empty: of none in particular. */
    default List<AppPath> apps() {
        return switch (this) {
            case ApiPost(var ignored, var app, var origin) -> List.of(app.id());
            case PodChanged(var ignored, var pod, var change, var origin) -> List.of(pod);
            case HealthCheckAdded(var ignored, var app, var version, var check) -> List.of(app);
            case HealthCheckRemoved(var ignored, var app) -> List.of(app);
            case DeploymentInfo(var ignored, var deployment, var step) -> deployment.affected();
            case DeploymentStepDone(var ignored, var deployment, var step) -> deployment.affected();
            case DeploymentStepFailed(var ignored, var deployment, var step) -> deployment.affected();
            case DeploymentSucceeded(var ignored, var deployment) -> deployment.affected();
            case DeploymentFailed(var ignored, var deployment, var reason) -> deployment.affected();
            case AppTerminated(var ignored, var app) -> List.of(app);
            case StatusUpdated updated -> List.of(updated.app());
            case InstanceMoved moved -> List.of(moved.app());
            case InstanceHealthChanged(var ignored, var instance, var healthy) -> List.of(instance.app());
            case HealthStatusChanged(var ignored, var instance, var alive) -> List.of(instance.app());
            case HealthCheckFailed(var ignored, var instance, var check) -> List.of(instance.app());
            case UnhealthyInstanceKilled(var ignored, var instance, var reason) -> List.of(instance.app());
            case SchedulerRegistered _,
                    SchedulerReregistered _,
                    SchedulerDisconnected _,
                    FrameworkMessage _,
                    GroupChanged _,
                    GroupChangeFailed _,
                    UnknownInstanceTerminated _ -> List.of();
        };
    }
}
