package org.nucleus.marathon.core.state;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/**
 * Containers that live and die together on one agent, around one executor. Source: pod.raml.
 *
 * @param executor what the executor itself takes
 */
public record Pod(List<PodContainer> containers, List<PodVolume> volumes, Footprint executor, boolean sharedCgroups) {
    public Pod {
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
    }

    /** One container: a task of the pod's group. */
    public record PodContainer(
            String name,
            @Nullable String shell,
            List<String> argv,
            Footprint resources,
            List<Endpoint> endpoints,
            @Nullable Image image,
            Map<String, String> env,
            Map<String, String> secretEnv,
            @Nullable String user,
            @Nullable PodHealthCheck healthCheck,
            @Nullable TaskCheck check,
            List<VolumeMount> mounts,
            List<Fetch> artifacts,
            Map<String, String> labels,
            @Nullable Integer killGracePeriodSeconds,
            boolean tty) {
        public PodContainer {
            argv = List.copyOf(argv);
            endpoints = List.copyOf(endpoints);
            env = Ordered.copyOf(env);
            secretEnv = Ordered.copyOf(secretEnv);
            mounts = List.copyOf(mounts);
            artifacts = List.copyOf(artifacts);
            labels = Ordered.copyOf(labels);
        }
    }

    /**
     * A port of a container.
     *
     * @param containerPort absent on the host's network
     * @param hostPort 0: any; absent: not published
     */
    public record Endpoint(
            String name,
            @Nullable Integer containerPort,
            @Nullable Integer hostPort,
            List<String> protocols,
            Map<String, String> labels,
            List<String> networkNames) {
        public Endpoint {
            protocols = List.copyOf(protocols);
            labels = Ordered.copyOf(labels);
            networkNames = List.copyOf(networkNames);
        }
    }

    /** A health check that the executor runs; {@code endpoint} is absent for commands. */
    public record PodHealthCheck(
            TaskCheck.Kind kind,
            @Nullable String endpoint,
            @Nullable String path,
            boolean https,
            @Nullable String command,
            int gracePeriodSeconds,
            int intervalSeconds,
            int maxConsecutiveFailures,
            int timeoutSeconds,
            int delaySeconds) {}

    public record VolumeMount(String name, String mountPath, boolean readOnly) {}

    /** A volume that containers share by its name. */
    public sealed interface PodVolume {
        String name();

        /** Empty at the start, gone with the pod. */
        record Ephemeral(String name) implements PodVolume {}

        record Host(String name, String path) implements PodVolume {}

        record Persistent(String name, Volume.Persistent volume) implements PodVolume {}

        record Secret(String name, String secret) implements PodVolume {}
    }

    /** What the whole takes. */
    public Footprint total() {
        Footprint sum = executor;
        for (PodContainer container : containers) {
            sum = sum.plus(container.resources());
        }
        return sum;
    }

    public List<Endpoint> endpoints() {
        return containers.stream()
                .flatMap(container -> container.endpoints().stream())
                .toList();
    }

    List<Volume.Persistent> persistentVolumes() {
        return volumes.stream()
                .flatMap(volume -> volume instanceof PodVolume.Persistent(var ignored, var one)
                        ? java.util.stream.Stream.of(one)
                        : java.util.stream.Stream.empty())
                .toList();
    }
}
