package org.nucleus.marathon.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task runs in.
 *
 * @param image absent: the agent's own files, with {@code volumes} put among them
 */
public record Container(Kind kind, @Nullable Image image, List<Volume> volumes) {
    public Container {
        volumes = List.copyOf(volumes);
    }

    /** Which engine of the agent runs it. */
    public enum Kind {
        DOCKER,
        MESOS
    }

    public List<Volume.Persistent> persistentVolumes() {
        return volumes.stream()
                .flatMap(volume -> volume instanceof Volume.Persistent one
                        ? java.util.stream.Stream.of(one)
                        : java.util.stream.Stream.empty())
                .toList();
    }
}
