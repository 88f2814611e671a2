package org.nucleus.marathon.api.format;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Pod.PodHealthCheck;
import org.nucleus.marathon.core.state.Pod.PodVolume;

/** What must hold of a pod by itself. Source: api.v2.validation.PodsValidation. */
final class PodRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private PodRules() {}

    static void check(App app, Problems problems) {
        Pod pod = Objects.requireNonNull(app.pod());
        if (pod.containers().isEmpty()) {
            problems.add("/containers", "must not be empty");
        }
        unique(
                pod.containers().stream().map(PodContainer::name).toList(),
                "/containers",
                "container names are unique",
                problems);
        unique(pod.volumes().stream().map(PodVolume::name).toList(), "/volumes", "volume names are unique", problems);
        for (int i = 0; i < pod.containers().size(); i++) {
            container(app, pod, pod.containers().get(i), "/containers(" + i + ")", problems);
        }
        endpoints(app, pod, problems);
        ContainerRules.networks(app.networks(), problems);
        app.placement().constraints().forEach(constraint -> AppRules.constraint(constraint, problems));
        AppRules.policy(app, problems);
        volumes(app, pod, problems);
    }

    private static void container(App app, Pod pod, PodContainer container, String path, Problems problems) {
        if (!NAME.matcher(container.name()).matches()) {
            problems.add(path + "/name", "error.pattern");
        }
        if (container.shell() == null && container.argv().isEmpty() && container.image() == null) {
            problems.add(path, "either a command or an image is required");
        }
        if (pod.sharedCgroups()
                && (container.resources().cpuLimit() != null
                        || container.resources().memLimit() != null)) {
            problems.add(path + "/resourceLimits", "cannot be used with legacySharedCgroups");
        }
        ContainerRules.limits(container.resources(), path + "/resourceLimits", problems);
        PodHealthCheck check = container.healthCheck();
        if (check != null) {
            if (check.timeoutSeconds() >= check.intervalSeconds()) {
                problems.add(path + "/healthCheck/timeoutSeconds", "must be less than intervalSeconds");
            }
            boolean known = check.endpoint() == null
                    || container.endpoints().stream()
                            .anyMatch(endpoint -> endpoint.name().equals(check.endpoint()));
            if (!known) {
                problems.add(path + "/healthCheck", "endpoint " + check.endpoint() + " is not defined");
            }
        }
        for (Pod.VolumeMount mount : container.mounts()) {
            if (pod.volumes().stream().noneMatch(volume -> volume.name().equals(mount.name()))) {
                problems.add(path + "/volumeMounts", "references a volume that isn't defined: " + mount.name());
            }
        }
        container.secretEnv().values().stream()
                .filter(name -> !app.program().secrets().containsKey(name))
                .forEach(name ->
                        problems.add(path + "/environment", "references an undefined secret named '" + name + "'"));
    }

    private static void endpoints(App app, Pod pod, Problems problems) {
        List<Pod.Endpoint> endpoints = pod.endpoints();
        unique(
                endpoints.stream().map(Pod.Endpoint::name).toList(),
                "/containers",
                "endpoint names are unique",
                problems);
        unique(
                numbers(endpoints.stream().map(Pod.Endpoint::containerPort).toList()),
                "/containers",
                "container ports are unique",
                problems);
        unique(
                numbers(endpoints.stream().map(Pod.Endpoint::hostPort).toList()),
                "/containers",
                "host ports are unique",
                problems);
        boolean host = app.isOnHostNetwork();
        for (Pod.Endpoint endpoint : endpoints) {
            if (host && endpoint.containerPort() != null) {
                problems.add("/containers", "containerPort is not allowed when using host-mode networking");
            }
            if (!host && endpoint.containerPort() == null) {
                problems.add("/containers", "containerPort is required when using container-mode networking");
            }
        }
    }

    private static List<Integer> numbers(List<@org.jspecify.annotations.Nullable Integer> ports) {
        return ports.stream().filter(port -> port != null && port != 0).toList();
    }

    private static void volumes(App app, Pod pod, Problems problems) {
        List<String> mounted = new ArrayList<>();
        pod.containers().forEach(container -> container.mounts().forEach(mount -> mounted.add(mount.name())));
        for (int i = 0; i < pod.volumes().size(); i++) {
            PodVolume volume = pod.volumes().get(i);
            String path = "/volumes(" + i + ")";
            if (!mounted.contains(volume.name())) {
                problems.add(path, "volume " + volume.name() + " is not mounted by any container");
            }
            if (volume instanceof PodVolume.Persistent(var ignored, var persistent)) {
                ContainerRules.persistent(persistent, path, problems);
            }
        }
        if (app.isResident()) {
            ContainerRules.resident(app, problems);
        }
    }

    private static void unique(List<?> values, String path, String error, Problems problems) {
        if (new LinkedHashSet<>(values).size() < values.size()) {
            problems.add(path, error);
        }
    }
}
