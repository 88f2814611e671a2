package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Volume;

/**
 * Volumes as symbolic links, where containers have no mounts of their own: those that the original's {@code
 * filesystem/posix} has too. What a link could not keep to its promise is refused.
 */
public final class Links {
    private static final String NEEDS_MOUNTS =
            " needs mounts of the container's own: --isolation=filesystem/linux," + " which this agent runs without";

    private Links() {}

    /** Puts {@code volumes} into {@code sandbox}; what is made belongs to {@code owner}, if given. */
    public static void make(Path sandbox, List<Volume> volumes, @Nullable Owner owner) throws LaunchFailed {
        for (Volume volume : volumes) {
            ContainerPath path = ContainerPath.of(volume.containerPath(), sandbox);
            if (volume.readOnly()) {
                throw new LaunchFailed("The read-only volume '" + path + "'" + NEEDS_MOUNTS);
            }
            try (Handle home = Handle.of(sandbox)) {
                Path target = target(volume.source(), path, owner);
                path.walk(home, owner, (directory, name) -> {
                    directory.link(name, target);
                    return target;
                });
            } catch (IOException e) {
                throw new LaunchFailed("Failed to link the volume '" + path + "': " + e.getMessage(), e);
            }
        }
    }

    private static Path target(Volume.Source source, ContainerPath at, @Nullable Owner owner)
            throws IOException, LaunchFailed {
        return switch (source) {
            case Volume.Source.Host _ ->
                throw new LaunchFailed("The volume '" + at + "' of a host path" + NEEDS_MOUNTS);
            case Volume.Source.Secret _ -> throw new LaunchFailed("The secret volume '" + at + "'" + NEEDS_MOUNTS);
            case Volume.Source.Persistent(Path path, boolean shared) -> {
                try (Handle volume = Handle.of(path)) {
                    if (owner != null && !shared) {
                        volume.giveTo(owner);
                    }
                }
                yield path;
            }
            case Volume.Source.Sandbox(Path around, String path) -> {
                ContainerPath below = ContainerPath.of(path, around);
                try (Handle home = Handle.of(around)) {
                    below.walk(home, owner, (directory, name) -> {
                        directory.directory(name, owner).close();
                        return name;
                    });
                }
                yield around.resolve(below.toString());
            }
        };
    }
}
