package org.nucleus.agent.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.view.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Resource;

/**
 * A container and whom it belongs to, as {@code /containers} and {@code /monitor/statistics} name it.
 *
 * @param user whom it runs as
 */
public record Contained(
        ExecutorKey key, String name, String source, String user, ContainerId container, Resources resources) {

    public static List<Contained> in(AgentPicture picture) {
        List<Contained> all = new ArrayList<>();
        for (TaskRun run : picture.runs()) {
            if (run.ownsContainer()) {
                all.add(of(run));
            }
        }
        for (ExecutorRun executor : picture.executors()) {
            if (!executor.isBuiltIn()) {
                all.add(of(executor, picture));
            }
        }
        return all;
    }

    /** How a container is reached: as the updates of its task say, and by its first process. */
    public static ContainerStatus status(ContainerId id, String ip, Optional<Long> pid) {
        var address = new NetworkInfo.IpAddress(NetworkInfo.Protocol.IPv4, ip);
        var network = new NetworkInfo(List.of(address), null, List.of(), null, List.of());
        return new ContainerStatus(
                id, List.of(network), null, pid.map(Math::toIntExact).orElse(null));
    }

    private static Contained of(TaskRun run) {
        String task = run.key().task().value();
        String name = run.runner() instanceof Runner.Command
                ? "Command Executor (Task: " + task + ")"
                : run.info().name();
        return new Contained(
                run.executorKey(),
                name,
                task,
                run.user(),
                run.container(),
                Resources.of(run.info().resources()));
    }

    /** An executor has what it asked for itself, and what its tasks did. */
    private static Contained of(ExecutorRun executor, AgentPicture picture) {
        List<Resource> resources = new ArrayList<>(executor.info().resources());
        picture.runs().stream()
                .filter(run -> !run.ownsContainer() && !run.ended())
                .filter(run -> run.executorKey().equals(executor.key()))
                .forEach(run -> resources.addAll(run.info().resources()));
        return new Contained(
                executor.key(),
                Objects.requireNonNullElse(executor.info().name(), ""),
                Objects.requireNonNullElse(executor.info().source(), ""),
                executor.user(),
                executor.container(),
                Resources.of(resources));
    }
}
