package org.nucleus.agent.containerizer.docker;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the Docker containerizer is told.
 *
 * @param socket where the engine listens
 * @param root a directory of this agent alone, for what it remembers; its path is also what tells this agent's
 *     containers from others of the same engine
 * @param pullTimeout within which an image must have come
 * @param removeDelay for which the engine keeps an ended container
 * @param killOrphans whether running containers of this agent that it does not remember are killed
 * @param quotas whether what a container requests of the CPU is also the most it gets
 * @param switchUser whether sandboxes belong to the users that tasks ask for
 * @param registries credentials for registries; absent for none
 */
public record DockerSettings(
        Path socket,
        Path root,
        Duration pullTimeout,
        Duration removeDelay,
        boolean killOrphans,
        boolean quotas,
        boolean switchUser,
        @Nullable Path registries) {
    public DockerSettings {
        root = root.toAbsolutePath().normalize();
    }

    /** What labels this agent's containers. */
    String agent() {
        return root.toString();
    }
}
