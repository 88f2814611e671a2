package org.nucleus.marathon.api.format;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Health;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.view.Findings;
import org.nucleus.wire.CheckStatusInfo;
import org.nucleus.wire.NetworkInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes tasks as clients know them. */
public final class TaskWriter {
    private TaskWriter() {}

    /** @param app absent if it is gone; with its ports the task tells {@code servicePorts} */
    public static ObjectNode write(Instance instance, @Nullable App app, Findings findings, boolean servicePorts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Run run = instance.run();
        json.put("appId", instance.app().value());
        health(json.putArray("healthCheckResults"), instance, app, findings);
        findings.check(instance, "_app").ifPresent(result -> check(json.putObject("checkResult"), result));
        json.put("host", run == null ? "" : run.host());
        json.put("id", instance.taskId());
        addresses(json.putArray("ipAddresses"), run == null ? List.of() : run.addresses());
        ArrayNode ports = json.putArray("ports");
        ArrayNode services = json.putArray("servicePorts");
        if (run != null) {
            run.ports().stream().filter(port -> port != 0).forEach(ports::add);
        }
        if (servicePorts && app != null) {
            app.ports().numbers().forEach(services::add);
        }
        if (run != null) {
            json.put("slaveId", run.agent());
        }
        json.put("state", state(instance.condition()));
        if (run != null) {
            json.put("stagedAt", Version.text(run.stagedAt()));
            Instant started = run.startedAt();
            if (started != null) {
                json.put("startedAt", Version.text(started));
            }
        }
        json.put("version", instance.version().toString());
        volumes(json.putArray("localVolumes"), instance);
        json.put("role", instance.role() != null ? instance.role() : app == null ? "*" : app.role());
        if (run != null && run.region() != null) {
            json.put("region", run.region());
        }
        if (run != null && run.zone() != null) {
            json.put("zone", run.zone());
        }
        return json;
    }

    static void volumes(ArrayNode json, Instance instance) {
        Instance.Home home = instance.home();
        if (home == null) {
            return;
        }
        for (Instance.LocalVolume volume : home.volumes()) {
            String id = volume.persistenceId();
            json.addObject()
                    .put("runSpecId", instance.app().value())
                    .put("containerPath", volume.containerPath())
                    .put("uuid", id.substring(id.lastIndexOf('#') + 1))
                    .put("persistenceId", id);
        }
    }

    /** A launch that was sent but not heard of yet is staging, to clients. */
    private static String state(Condition condition) {
        String state = condition.taskState();
        return state == null ? "TASK_STAGING" : state;
    }

    private static void health(ArrayNode results, Instance instance, @Nullable App app, Findings findings) {
        int checks = app == null ? 0 : app.healthChecks().size();
        for (int i = 0; i < checks; i++) {
            findings.health(instance, i).ifPresent(seen -> health(results.addObject(), instance, seen));
        }
        if (results.isEmpty() && instance.healthy() != null) {
            results.addObject()
                    .put("alive", instance.healthy())
                    .put("consecutiveFailures", 0)
                    .put("instanceId", instance.id().value());
        }
    }

    private static void health(ObjectNode json, Instance instance, Health seen) {
        json.put("alive", seen.alive()).put("consecutiveFailures", seen.consecutiveFailures());
        time(json, "firstSuccess", seen.firstSuccess());
        json.put("instanceId", instance.id().value());
        time(json, "lastFailure", seen.lastFailure());
        if (seen.lastFailureCause() != null) {
            json.put("lastFailureCause", seen.lastFailureCause());
        }
        time(json, "lastSuccess", seen.lastSuccess());
    }

    private static void time(ObjectNode json, String name, @Nullable Instant at) {
        if (at != null) {
            json.put(name, Version.text(at));
        }
    }

    private static void check(ObjectNode json, CheckStatusInfo result) {
        if (result.http() != null) {
            ObjectNode http = json.putObject("http");
            if (result.http().statusCode() != null) {
                http.put("statusCode", result.http().statusCode());
            }
        }
        if (result.tcp() != null) {
            ObjectNode tcp = json.putObject("tcp");
            if (result.tcp().succeeded() != null) {
                tcp.put("succeeded", result.tcp().succeeded());
            }
        }
        if (result.command() != null) {
            ObjectNode command = json.putObject("command");
            if (result.command().exitCode() != null) {
                command.put("exitCode", result.command().exitCode());
            }
        }
    }

    public static void addresses(ArrayNode json, List<NetworkInfo.IpAddress> addresses) {
        for (NetworkInfo.IpAddress address : addresses) {
            json.addObject()
                    .put("ipAddress", address.ipAddress())
                    .put("protocol", address.protocol().name());
        }
    }
}
