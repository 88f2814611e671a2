package org.nucleus.marathon.api.format;

import java.util.List;
import java.util.Objects;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.Image;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Pod.PodHealthCheck;
import org.nucleus.marathon.core.state.Pod.PodVolume;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.TaskCheck;
import org.nucleus.marathon.core.state.Version;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a pod's definition in the original's order of fields; what is absent is left out. */
public final class PodWriter {
    private PodWriter() {}

    public static ObjectNode write(App app) {
        Pod pod = Objects.requireNonNull(app.pod());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", app.id().value());
        if (!app.labels().isEmpty()) {
            AppWriter.map(json.putObject("labels"), app.labels());
        }
        if (!app.version().equals(Version.NONE)) {
            json.put("version", app.version().toString());
        }
        if (app.program().user() != null) {
            json.put("user", app.program().user());
        }
        AppWriter.env(json, "environment", app.program().env(), app.program().secretEnv());
        ArrayNode containers = json.putArray("containers");
        pod.containers().forEach(container -> container(containers.addObject(), container));
        AppWriter.secrets(json, app.program().secrets());
        volumes(json, pod.volumes());
        if (!app.networks().isEmpty()) {
            AppWriter.networks(json.putArray("networks"), app.networks());
        }
        json.putObject("scaling").put("instances", app.instances()).put("kind", "fixed");
        scheduling(json.putObject("scheduling"), app);
        Footprint executor = pod.executor();
        json.putObject("executorResources")
                .put("cpus", executor.cpus() / 1000.0)
                .put("mem", executor.mem() / 1000.0)
                .put("disk", executor.disk() / 1000.0);
        if (pod.sharedCgroups()) {
            json.put("legacySharedCgroups", true);
        }
        json.put("role", app.role());
        return json;
    }

    private static void container(ObjectNode json, PodContainer container) {
        json.put("name", container.name());
        command(json, container);
        Footprint resources = container.resources();
        json.putObject("resources")
                .put("cpus", resources.cpus() / 1000.0)
                .put("mem", resources.mem() / 1000.0)
                .put("disk", resources.disk() / 1000.0)
                .put("gpus", resources.gpus());
        AppWriter.limits(json, "resourceLimits", resources);
        endpoints(json, container.endpoints());
        if (container.image() != null) {
            image(json.putObject("image"), container.image());
        }
        AppWriter.env(json, "environment", container.env(), container.secretEnv());
        if (container.user() != null) {
            json.put("user", container.user());
        }
        if (container.healthCheck() != null) {
            healthCheck(json.putObject("healthCheck"), container.healthCheck());
        }
        if (container.check() != null) {
            CheckWriter.check(json.putObject("check"), container.check());
        }
        mounts(json, container.mounts());
        AppWriter.fetch(json, "artifacts", container.artifacts());
        if (!container.labels().isEmpty()) {
            AppWriter.map(json.putObject("labels"), container.labels());
        }
        if (container.killGracePeriodSeconds() != null) {
            json.putObject("lifecycle").put("killGracePeriodSeconds", container.killGracePeriodSeconds());
        }
        if (container.tty()) {
            json.put("tty", true);
        }
    }

    private static void command(ObjectNode json, PodContainer container) {
        if (container.shell() != null) {
            json.putObject("exec").putObject("command").put("shell", container.shell());
        } else if (!container.argv().isEmpty()) {
            ArrayNode argv = json.putObject("exec").putObject("command").putArray("argv");
            container.argv().forEach(argv::add);
        }
    }

    private static void image(ObjectNode json, Image image) {
        json.put("kind", "DOCKER").put("id", image.name());
        if (image.pullSecret() != null) {
            json.putObject("pullConfig").put("secret", image.pullSecret());
        }
        json.put("forcePull", image.forcePull());
    }

    private static void endpoints(ObjectNode json, List<Pod.Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("endpoints");
        for (Pod.Endpoint endpoint : endpoints) {
            ObjectNode one = list.addObject().put("name", endpoint.name());
            if (endpoint.containerPort() != null) {
                one.put("containerPort", endpoint.containerPort());
            }
            if (endpoint.hostPort() != null) {
                one.put("hostPort", endpoint.hostPort());
            }
            AppWriter.texts(one, "protocol", endpoint.protocols());
            if (!endpoint.labels().isEmpty()) {
                AppWriter.map(one.putObject("labels"), endpoint.labels());
            }
            AppWriter.texts(one, "networkNames", endpoint.networkNames());
        }
    }

    private static void healthCheck(ObjectNode json, PodHealthCheck check) {
        ObjectNode asked = json.putObject(
                switch (check.kind()) {
                    case HTTP -> "http";
                    case TCP -> "tcp";
                    case EXEC -> "exec";
                });
        if (check.endpoint() != null) {
            asked.put("endpoint", check.endpoint());
        }
        if (check.kind() == TaskCheck.Kind.HTTP) {
            asked.put("path", check.path()).put("scheme", check.https() ? "HTTPS" : "HTTP");
        }
        if (check.kind() == TaskCheck.Kind.EXEC) {
            asked.putObject("command").put("shell", check.command());
        }
        json.put("gracePeriodSeconds", check.gracePeriodSeconds())
                .put("intervalSeconds", check.intervalSeconds())
                .put("maxConsecutiveFailures", check.maxConsecutiveFailures())
                .put("timeoutSeconds", check.timeoutSeconds())
                .put("delaySeconds", check.delaySeconds());
    }

    private static void mounts(ObjectNode json, List<Pod.VolumeMount> mounts) {
        if (mounts.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("volumeMounts");
        for (Pod.VolumeMount mount : mounts) {
            list.addObject()
                    .put("name", mount.name())
                    .put("mountPath", mount.mountPath())
                    .put("readOnly", mount.readOnly());
        }
    }

    private static void volumes(ObjectNode json, List<PodVolume> volumes) {
        if (volumes.isEmpty()) {
            return;
        }
        ArrayNode list = json.putArray("volumes");
        for (PodVolume volume : volumes) {
            ObjectNode one = list.addObject().put("name", volume.name());
            switch (volume) {
                case PodVolume.Ephemeral _ -> {
                    // has nothing but its name
                }
                case PodVolume.Host(var ignored, var path) -> one.put("host", path);
                case PodVolume.Secret(var ignored, var secret) -> one.put("secret", secret);
                case PodVolume.Persistent(var ignored, var persistent) ->
                    ContainerWriter.persistent(one.putObject("persistent"), persistent);
            }
        }
    }

    private static void scheduling(ObjectNode json, App app) {
        Policy policy = app.policy();
        json.putObject("backoff")
                .put("backoff", policy.backoff().seconds())
                .put("backoffFactor", policy.backoff().factor())
                .put("maxLaunchDelay", policy.backoff().mostSeconds());
        json.putObject("upgrade")
                .put("minimumHealthCapacity", policy.upgrade().minimumHealthCapacity())
                .put("maximumOverCapacity", policy.upgrade().maximumOverCapacity());
        ObjectNode placement = json.putObject("placement");
        if (!app.placement().constraints().isEmpty()) {
            ArrayNode constraints = placement.putArray("constraints");
            for (Constraint constraint : app.placement().constraints()) {
                ObjectNode one = constraints
                        .addObject()
                        .put("fieldName", constraint.field())
                        .put("operator", AppReader.operator(constraint));
                if (constraint.value() != null) {
                    one.put("value", constraint.value());
                }
            }
        }
        AppWriter.texts(placement, "acceptedResourceRoles", app.placement().acceptedResourceRoles());
        json.put("killSelection", policy.killSelection().name());
        AppWriter.unreachable(json, policy);
    }
}
