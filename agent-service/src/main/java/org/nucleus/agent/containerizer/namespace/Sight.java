package org.nucleus.agent.containerizer.namespace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Volume;

/**
 * What a container sees of the machine's files: all but the agent's own directories, of which only its sandbox is left,
 * with its volumes in it.
 *
 * @param sandbox where it starts
 * @param scratch an empty directory of the agent's, in which secrets are made
 * @param volumes what it wants in its sandbox
 * @param owner who is to own what is made for it; absent for the agent's own user
 */
public record Sight(
        Path sandbox,
        Path scratch,
        List<Volume> volumes,
        @Nullable Owner owner) {
    private static final long PLAIN = Kernel.MS_NOSUID | Kernel.MS_NODEV | Kernel.MS_NOEXEC;

    public Sight {
        volumes = List.copyOf(volumes);
    }

    /** Makes it in the mount namespace of this thread, which must be nobody else's. */
    void make(List<Path> hidden) throws IOException, LaunchFailed {
        add(hidden);
        for (Path directory : hidden) {
            hide(directory);
        }
    }

    /** Adds its volumes to what there is, which hides what is to be hidden. */
    void add() throws IOException, LaunchFailed {
        add(List.of());
    }

    private void add(List<Path> hidden) throws IOException, LaunchFailed {
        Kernel.mount("none", "/", Kernel.MS_REC | Kernel.MS_SLAVE, "");
        for (Volume volume : volumes) {
            mount(volume, hidden);
        }
    }

    /** Covers a directory of the agent's; the sandbox, if it is below, stays where it was. */
    private void hide(Path directory) throws IOException {
        if (!sandbox.startsWith(directory)) {
            cover(directory);
            return;
        }
        try (Mounts kept = Mounts.copyOf(sandbox)) {
            Kernel.mount("ramfs", directory.toString(), PLAIN, "mode=0711");
            Files.createDirectories(
                    sandbox, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            try (Handle place = Handle.of(sandbox)) {
                kept.attach(place);
            }
        }
        Kernel.mount("none", directory.toString(), remounted(), "");
    }

    private static void cover(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            Kernel.mount("ramfs", directory.toString(), PLAIN, "mode=0711");
            Kernel.mount("none", directory.toString(), remounted(), "");
        }
    }

    private static long remounted() {
        return Kernel.MS_REMOUNT | Kernel.MS_BIND | Kernel.MS_RDONLY | PLAIN;
    }

    private void mount(Volume volume, List<Path> hidden) throws IOException, LaunchFailed {
        ContainerPath path = ContainerPath.of(volume.containerPath(), sandbox);
        try (Mounts source = source(volume.source(), hidden);
                Handle home = Handle.of(sandbox)) {
            if (volume.readOnly()) {
                source.makeReadOnly();
            }
            path.walk(home, owner, (directory, name) -> {
                try (Handle place =
                        source.isDirectory() ? directory.directory(name, owner) : directory.file(name, owner)) {
                    source.attach(place);
                    return place;
                }
            });
        } catch (IOException e) {
            throw new LaunchFailed("Failed to mount the volume '" + path + "': " + e.getMessage(), e);
        }
    }

    private Mounts source(Volume.Source source, List<Path> hidden) throws IOException, LaunchFailed {
        return switch (source) {
            case Volume.Source.Host(Path path) -> host(path, hidden);
            case Volume.Source.Persistent persistent -> persistent(persistent);
            case Volume.Source.Sandbox(Path around, String path) -> {
                try (Handle home = Handle.of(around)) {
                    yield ContainerPath.of(path, around).walk(home, owner, (directory, name) -> {
                        try (Handle made = directory.directory(name, owner)) {
                            return Mounts.copyOf(made);
                        }
                    });
                }
            }
            case Volume.Source.Secret(Volume.Content content) -> secret(content);
        };
    }

    private static Mounts host(Path path, List<Path> hidden) throws IOException, LaunchFailed {
        if (!path.isAbsolute()) {
            throw new LaunchFailed("The host path '" + path + "' of a volume is not absolute");
        }
        try (Handle handle = Handle.of(path)) {
            Path real = handle.realPath();
            for (Path directory : hidden) {
                if (real.startsWith(directory.toRealPath())) {
                    throw new LaunchFailed("The host path '" + path + "' of a volume is the agent's own");
                }
            }
            return Mounts.copyOf(handle);
        }
    }

    private Mounts persistent(Volume.Source.Persistent volume) throws IOException {
        try (Handle handle = Handle.of(volume.path())) {
            if (owner != null && !volume.shared()) {
                handle.giveTo(owner);
            }
            return Mounts.copyOf(handle);
        }
    }

    /** In memory that is never swapped out, and gone with the last mount of it. */
    private Mounts secret(Volume.Content content) throws IOException {
        Kernel.mount("ramfs", scratch.toString(), PLAIN, "mode=0700");
        try {
            Path file = scratch.resolve("secret");
            var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));
            try (SeekableByteChannel channel = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), readable)) {
                ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            try (Handle handle = Handle.of(file)) {
                if (owner != null) {
                    handle.giveTo(owner);
                }
                return Mounts.copyOf(handle);
            }
        } finally {
            Kernel.unmount(scratch.toString());
        }
    }
}
