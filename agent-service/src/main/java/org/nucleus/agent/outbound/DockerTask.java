package org.nucleus.agent.outbound;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.wire.ContainerInfo;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/** What the wire says of a container of type DOCKER, in the containerizer's words. */
final class DockerTask {
    private DockerTask() {}

    static boolean is(@Nullable ContainerInfo container) {
        return container != null && container.type() == ContainerInfo.Type.DOCKER;
    }

    /** Empty for a container of the machine. The ports it may publish are those it was offered. */
    static Optional<Launch.Docker> of(@Nullable ContainerInfo container, List<Resource> resources) {
        if (container == null || !is(container)) {
            return Optional.empty();
        }
        List<Value.Range> ports = resources.stream()
                .filter(resource -> resource.name().equals("ports"))
                .map(Resource::ranges)
                .flatMap(ranges -> ranges == null ? List.<Value.Range>of().stream() : ranges.range().stream())
                .toList();
        return Optional.of(new Launch.Docker(container, ports));
    }

    /** Volumes of a Docker container are its engine's; only persistent ones are the agent's in every container. */
    static @Nullable ContainerInfo ofMachine(@Nullable ContainerInfo container) {
        return is(container) ? null : container;
    }

    /** An image knows its own PATH, unless the command has another. */
    static SequencedMap<String, String> without(
            SequencedMap<String, String> variables, @Nullable ContainerInfo container) {
        if (is(container)) {
            variables.remove("PATH", TaskEnvironment.PATH);
        }
        return variables;
    }
}
