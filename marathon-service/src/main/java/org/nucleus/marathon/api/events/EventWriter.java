package org.nucleus.marathon.api.events;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.api.format.AppWriter;
import org.nucleus.marathon.api.format.DeploymentWriter;
import org.nucleus.marathon.api.format.TaskWriter;
import org.nucleus.marathon.core.state.Deployment;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.MarathonEvent;
import org.nucleus.marathon.core.state.PlanStep;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.EventText;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of events, by the names and fields of Marathon 1.11. */
@Component
final class EventWriter implements EventText {
    @Override
    public String json(MarathonEvent event) {
        return write(event).toString();
    }

    @Override
    public String type(MarathonEvent event) {
        return typeOf(event);
    }

    static String typeOf(MarathonEvent event) {
        return switch (event) {
            case MarathonEvent.ApiPost _ -> "api_post_event";
            case MarathonEvent.PodChanged(var ignored, var pod, var change, var origin) ->
                "pod_" + change.name().toLowerCase(Locale.ROOT) + "_event";
            case MarathonEvent.FrameworkMessage _ -> "framework_message_event";
            case MarathonEvent.HealthCheckAdded _ -> "add_health_check_event";
            case MarathonEvent.HealthCheckRemoved _ -> "remove_health_check_event";
            case MarathonEvent.GroupChangeFailed _ -> "group_change_failed";
            case MarathonEvent.DeploymentStepFailed _ -> "deployment_step_failure";
            case MarathonEvent.SchedulerRegistered _ -> "scheduler_registered_event";
            case MarathonEvent.SchedulerReregistered _ -> "scheduler_reregistered_event";
            case MarathonEvent.SchedulerDisconnected _ -> "scheduler_disconnected_event";
            case MarathonEvent.GroupChanged _ -> "group_change_success";
            case MarathonEvent.DeploymentInfo _ -> "deployment_info";
            case MarathonEvent.DeploymentStepDone _ -> "deployment_step_success";
            case MarathonEvent.DeploymentSucceeded _ -> "deployment_success";
            case MarathonEvent.DeploymentFailed _ -> "deployment_failed";
            case MarathonEvent.AppTerminated _ -> "app_terminated_event";
            case MarathonEvent.StatusUpdated _ -> "status_update_event";
            case MarathonEvent.InstanceMoved _ -> "instance_changed_event";
            case MarathonEvent.UnknownInstanceTerminated _ -> "unknown_instance_terminated_event";
            case MarathonEvent.InstanceHealthChanged _ -> "instance_health_changed_event";
            case MarathonEvent.HealthStatusChanged _ -> "health_status_changed_event";
            case MarathonEvent.HealthCheckFailed _ -> "failed_health_check_event";
            case MarathonEvent.UnhealthyInstanceKilled _ -> "unhealthy_instance_kill_event";
        };
    }

    static ObjectNode write(MarathonEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (event) {
            case MarathonEvent.ApiPost(var ignored, var app, var origin) ->
                json.put("clientIp", origin.client())
                        .put("uri", origin.uri())
                        .set("appDefinition", AppWriter.write(app));
            case MarathonEvent.PodChanged(var ignored, var pod, var change, var origin) ->
                json.put("clientIp", origin.client()).put("uri", origin.uri());
            case MarathonEvent.FrameworkMessage(var ignored, var executor, var agent, var message) ->
                json.put("executorId", executor).put("slaveId", agent).put("message", message);
            case MarathonEvent.HealthCheckAdded(var ignored, var app, var version, var check) ->
                json.put("appId", app.value())
                        .put("version", version.toString())
                        .set("healthCheck", AppWriter.healthCheck(check));
            case MarathonEvent.HealthCheckRemoved(var ignored, var app) -> json.put("appId", app.value());
            case MarathonEvent.GroupChangeFailed(var ignored, var group, var version, var reason) ->
                json.put("groupId", group.value())
                        .put("version", version.toString())
                        .put("reason", reason);
            case MarathonEvent.DeploymentStepFailed(var ignored, var deployment, var step) ->
                plan(json, deployment, step);
            case MarathonEvent.SchedulerRegistered(var ignored, var id, var master) ->
                json.put("frameworkId", id).put("master", master);
            case MarathonEvent.SchedulerReregistered(var ignored, var master) -> json.put("master", master);
            case MarathonEvent.SchedulerDisconnected _ -> {
                // has nothing to say but that it happened
            }
            case MarathonEvent.GroupChanged(var ignored, var group, var version) ->
                json.put("groupId", group.value()).put("version", version.toString());
            case MarathonEvent.DeploymentInfo(var ignored, var deployment, var step) -> plan(json, deployment, step);
            case MarathonEvent.DeploymentStepDone(var ignored, var deployment, var step) ->
                plan(json, deployment, step);
            case MarathonEvent.DeploymentSucceeded(var ignored, var deployment) ->
                plan(json.put("id", deployment.id()), deployment, null);
            case MarathonEvent.DeploymentFailed(var ignored, var deployment, var reason) ->
                plan(json.put("id", deployment.id()), deployment, null).put("reason", reason);
            case MarathonEvent.AppTerminated(var ignored, var app) -> json.put("appId", app.value());
            case MarathonEvent.StatusUpdated updated -> status(json, updated);
            case MarathonEvent.InstanceMoved moved -> moved(json, moved);
            case MarathonEvent.UnknownInstanceTerminated(var ignored, var id, var condition) ->
                json.put("instanceId", id.value()).put("runSpecId", app(id)).put("condition", condition);
            case MarathonEvent.InstanceHealthChanged(var ignored, var instance, var healthy) ->
                instance(json, instance).put("healthy", healthy);
            case MarathonEvent.HealthStatusChanged(var ignored, var one, var alive) ->
                json.put("appId", one.app().value())
                        .put("instanceId", one.id().value())
                        .put("version", one.version().toString())
                        .put("alive", alive);
            case MarathonEvent.HealthCheckFailed(var ignored, var one, var check) ->
                json.put("appId", one.app().value())
                        .put("taskId", one.id().value())
                        .set("healthCheck", AppWriter.healthCheck(check));
            case MarathonEvent.UnhealthyInstanceKilled killed -> killed(json, killed);
        }
        return json.put("eventType", typeOf(event)).put("timestamp", Version.text(event.timestamp()));
    }

    /** The app that an instance was of, by its id. */
    private static String app(InstanceId id) {
        int end = id.value().indexOf(".instance-");
        return "/" + id.value().substring(0, Math.max(0, end)).replace('_', '/');
    }

    private static ObjectNode plan(ObjectNode json, Deployment deployment, @Nullable PlanStep step) {
        json.set("plan", DeploymentWriter.light(deployment));
        if (step != null) {
            json.set("currentStep", DeploymentWriter.step(step));
        }
        return json;
    }

    private static void status(ObjectNode json, MarathonEvent.StatusUpdated updated) {
        json.put("slaveId", updated.agent())
                .put("taskId", updated.taskId())
                .put("taskStatus", updated.state())
                .put("message", updated.message())
                .put("appId", updated.app().value())
                .put("host", updated.host());
        TaskWriter.addresses(json.putArray("ipAddresses"), updated.addresses());
        var ports = json.putArray("ports");
        updated.ports().stream().filter(port -> port != 0).forEach(ports::add);
        json.put("version", updated.version().toString());
    }

    private static void moved(ObjectNode json, MarathonEvent.InstanceMoved moved) {
        json.put("instanceId", moved.instance().value())
                .put("condition", moved.condition())
                .put("runSpecId", moved.app().value());
        if (moved.agent() != null) {
            json.put("agentId", moved.agent());
        }
        if (moved.host() != null) {
            json.put("host", moved.host());
        }
        json.put("runSpecVersion", moved.version().toString());
    }

    private static ObjectNode instance(ObjectNode json, Instance instance) {
        return json.put("instanceId", instance.id().value())
                .put("runSpecId", instance.app().value())
                .put("runSpecVersion", instance.version().toString());
    }

    private static void killed(ObjectNode json, MarathonEvent.UnhealthyInstanceKilled killed) {
        Instance one = killed.instance();
        json.put("appId", one.app().value())
                .put("taskId", one.taskId())
                .put("instanceId", one.id().value())
                .put("version", one.version().toString())
                .put("reason", killed.reason());
        if (one.run() != null) {
            json.put("host", one.run().host()).put("slaveId", one.run().agent());
        }
    }
}
