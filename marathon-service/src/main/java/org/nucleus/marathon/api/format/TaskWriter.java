package org.nucleus.marathon.api.format;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.wire.NetworkInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes tasks as clients know them. */
public final class TaskWriter {
    private TaskWriter() {}

    /** @param app absent if it is gone; with its ports the task tells {@code servicePorts} */
    public static ObjectNode write(Instance instance, @Nullable App app, boolean servicePorts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Run run = instance.run();
        json.put("appId", instance.app().value());
        health(json.putArray("healthCheckResults"), instance);
        json.put("host", run == null ? "" : run.host());
        json.put("id", instance.taskId());
        addresses(json.putArray("ipAddresses"), run == null ? List.of() : run.addresses());
        ArrayNode ports = json.putArray("ports");
        ArrayNode services = json.putArray("servicePorts");
        if (run != null) {
            run.ports().forEach(ports::add);
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
        json.putArray("localVolumes");
        json.put("role", app == null ? "*" : app.role());
        if (run != null && run.region() != null) {
            json.put("region", run.region());
        }
        if (run != null && run.zone() != null) {
            json.put("zone", run.zone());
        }
        return json;
    }

    /** A launch that was sent but not heard of yet is staging, to clients. */
    private static String state(Condition condition) {
        String state = condition.taskState();
        return state == null ? "TASK_STAGING" : state;
    }

    private static void health(ArrayNode results, Instance instance) {
        if (instance.healthy() != null) {
            results.addObject()
                    .put("alive", instance.healthy())
                    .put("consecutiveFailures", 0)
                    .put("instanceId", instance.id().value());
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
