package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonState;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Pod.PodContainer;
import org.nucleus.marathon.core.state.Pod.PodVolume;
import org.nucleus.marathon.core.state.Run;
import org.nucleus.marathon.core.state.TaskCheck;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TtyInfo;
import org.nucleus.wire.Volume;

/** Makes the task group of a pod's instance. Source: mesos.TaskGroupBuilder. */
final class PodFactory {
    private final MarathonState state;
    private final Containers containers;

    PodFactory(MarathonState state) {
        this.state = state;
        this.containers = new Containers(state.settings().tasks());
    }

    /** @param parts resources of the executor, then of each container */
    Offer.Operation group(App app, Instance instance, Run run, List<List<Resource>> parts) {
        Pod pod = Objects.requireNonNull(app.pod());
        List<TaskInfo> tasks = new ArrayList<>();
        int firstPort = 0;
        for (int i = 0; i < pod.containers().size(); i++) {
            PodContainer container = pod.containers().get(i);
            tasks.add(task(new Seat(app, pod, instance, run, container, firstPort), parts.get(i + 1)));
            firstPort += container.endpoints().size();
        }
        return Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH_GROUP)
                .launchGroup(new Offer.Operation.LaunchGroup(
                        executor(app, instance, run, parts.getFirst()), new TaskGroupInfo(tasks)))
                .build();
    }

    /** A container of an instance, and where among the pod's ports its own begin. */
    private record Seat(App app, Pod pod, Instance instance, Run run, PodContainer container, int firstPort) {
        boolean owns(int port) {
            return port >= firstPort && port < firstPort + container.endpoints().size();
        }

        int port(@Nullable String endpoint) {
            List<Pod.Endpoint> endpoints = container.endpoints();
            for (int i = 0; i < endpoints.size(); i++) {
                if (endpoints.get(i).name().equals(endpoint)) {
                    return Endpoints.inside(app, run, firstPort + i);
                }
            }
            return 0;
        }
    }

    private ExecutorInfo executor(App app, Instance instance, Run run, List<Resource> resources) {
        List<NetworkInfo> networks = containers.networks(app, run);
        return ExecutorInfo.builder()
                .type(ExecutorInfo.Type.DEFAULT)
                .executorId(new ExecutorId(instance.id().executor()))
                .frameworkId(state.frameworkId().map(FrameworkId::new).orElse(null))
                .resources(resources)
                .container(ContainerInfo.builder()
                        .type(ContainerInfo.Type.MESOS)
                        .networkInfos(networks)
                        .build())
                .labels(app.labels().isEmpty() ? null : Commands.labels(app.labels()))
                .build();
    }

    private TaskInfo task(Seat seat, List<Resource> resources) {
        PodContainer container = seat.container();
        Map<String, String> labels = new LinkedHashMap<>(seat.app().labels());
        labels.putAll(container.labels());
        return TaskInfo.builder()
                .name(container.name())
                .taskId(new TaskId(seat.instance()
                        .id()
                        .task(container.name(), seat.instance().incarnation())))
                .agentId(new AgentId(seat.run().agent()))
                .resources(resources)
                .command(command(seat))
                .container(container(seat))
                .healthCheck(health(seat))
                .check(check(seat))
                .killPolicy(TaskFactory.killPolicy(container.killGracePeriodSeconds()))
                .labels(labels.isEmpty() ? null : Commands.labels(labels))
                .discovery(Discoveries.of(seat.app(), seat.run(), seat::owns))
                .limits(TaskFactory.limits(container.resources()))
                .build();
    }

    private CommandInfo command(Seat seat) {
        PodContainer container = seat.container();
        Map<String, String> secretEnv = new LinkedHashMap<>(seat.app().program().secretEnv());
        secretEnv.putAll(container.secretEnv());
        var env = new TaskEnvironment(state).of(seat.app(), seat.instance(), seat.run(), container);
        var command = CommandInfo.builder()
                .uris(Commands.uris(container.artifacts()))
                .environment(Commands.environment(
                        env, secretEnv, seat.app().program().secrets()))
                .user(container.user() == null ? seat.app().program().user() : container.user());
        if (container.shell() != null) {
            return command.shell(true).value(container.shell()).build();
        }
        List<String> argv = container.argv();
        return command.shell(false)
                .value(argv.isEmpty() ? null : argv.getFirst())
                .arguments(argv)
                .build();
    }

    private static @Nullable ContainerInfo container(Seat seat) {
        PodContainer container = seat.container();
        List<Volume> volumes =
                container.mounts().stream().map(mount -> mount(mount, seat)).toList();
        if (volumes.isEmpty() && container.image() == null && !container.tty()) {
            return null;
        }
        return ContainerInfo.builder()
                .type(ContainerInfo.Type.MESOS)
                .volumes(volumes)
                .mesos(
                        container.image() == null
                                ? null
                                : new ContainerInfo.MesosInfo(Containers.image(container.image())))
                .ttyInfo(container.tty() ? new TtyInfo(null) : null)
                .build();
    }

    /** A volume of the pod: of the executor's sandbox, if its containers share it. */
    private static Volume mount(Pod.VolumeMount mount, Seat seat) {
        PodVolume volume = seat.pod().volumes().stream()
                .filter(one -> one.name().equals(mount.name()))
                .findFirst()
                .orElseThrow();
        Volume.Mode mode = mount.readOnly() ? Volume.Mode.RO : Volume.Mode.RW;
        return switch (volume) {
            case PodVolume.Host(var ignored, var path) -> new Volume(mode, mount.mountPath(), path, null, null);
            case PodVolume.Secret(var ignored, var secret) ->
                Containers.secret(
                        mount.mountPath(), seat.app().program().secrets().getOrDefault(secret, secret));
            case PodVolume.Ephemeral(var name) -> fromSandbox(mode, mount.mountPath(), "volumes/" + name);
            case PodVolume.Persistent(var ignored, var persistent) ->
                fromSandbox(mode, mount.mountPath(), persistent.containerPath());
        };
    }

    private static Volume fromSandbox(Volume.Mode mode, String mountPath, String path) {
        var sandbox = new Volume.Source.SandboxPath(Volume.Source.SandboxPath.Type.PARENT, path);
        return new Volume(
                mode,
                mountPath,
                null,
                null,
                new Volume.Source(Volume.Source.Type.SANDBOX_PATH, null, null, sandbox, null, null));
    }

    private static @Nullable HealthCheck health(Seat seat) {
        var check = seat.container().healthCheck();
        return check == null ? null : Checks.health(check, seat.port(check.endpoint()));
    }

    private static @Nullable CheckInfo check(Seat seat) {
        TaskCheck check = seat.container().check();
        return check == null ? null : Checks.general(check, seat.port(check.endpoint()));
    }
}
