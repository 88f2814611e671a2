package org.nucleus.agent.containerizer.namespace;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file or directory that stays the one it is, wherever others make its path lead meanwhile. To be closed. */
public final class Handle implements Closeable {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final int descriptor;

    private Handle(int descriptor) {
        this.descriptor = descriptor;
    }

    /** What {@code path} leads to now, through links too. */
    public static Handle of(Path path) throws IOException {
        return new Handle(Kernel.open(Kernel.AT_CWD, path.toString(), Kernel.O_PATH, 0));
    }

    /** What is at {@code path} itself, be it a link. */
    public static Handle at(Path path) throws IOException {
        return new Handle(Kernel.open(Kernel.AT_CWD, path.toString(), Kernel.O_PATH | Kernel.O_NOFOLLOW, 0));
    }

    /** Its number, for as long as it is open. */
    public int descriptor() {
        return descriptor;
    }

    /** The directory {@code name} in this one, made for {@code owner} if absent; a link is none. */
    Handle directory(String name, @Nullable Owner owner) throws IOException {
        int flags = Kernel.O_PATH | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW;
        try {
            return new Handle(Kernel.open(descriptor, name, flags, 0));
        } catch (Refused e) {
            if (e.errno() != Refused.ENOENT) {
                throw e;
            }
        }
        try {
            Kernel.makeDirectory(descriptor, name, DIRECTORY_MODE);
            give(name, owner);
        } catch (Refused e) {
            if (e.errno() != Refused.EEXIST) {
                throw e;
            }
        }
        return new Handle(Kernel.open(descriptor, name, flags, 0));
    }

    /** The file {@code name} in this directory, made empty for {@code owner} if absent; a link is none. */
    Handle file(String name, @Nullable Owner owner) throws IOException {
        try {
            int flags = Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_WRONLY | Kernel.O_NOFOLLOW;
            Kernel.close(Kernel.open(descriptor, name, flags, FILE_MODE));
            give(name, owner);
        } catch (Refused e) {
            if (e.errno() != Refused.EEXIST) {
                throw e;
            }
        }
        Handle file = new Handle(Kernel.open(descriptor, name, Kernel.O_PATH | Kernel.O_NOFOLLOW, 0));
        if (!Files.isRegularFile(file.magicLink())) {
            file.close();
            throw new Refused("Cannot use '" + name + "' as a file", Refused.EEXIST);
        }
        return file;
    }

    /** A link {@code name} in this directory to {@code target}; one that is there already may stay. */
    void link(String name, Path target) throws IOException {
        try {
            Kernel.makeLink(target.toString(), descriptor, name);
        } catch (Refused e) {
            Path link = magicLink().resolve(name);
            boolean same =
                    Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target);
            if (e.errno() != Refused.EEXIST || !same) {
                throw e;
            }
        }
    }

    void giveTo(Owner owner) throws IOException {
        Kernel.changeOwner(descriptor, "", owner);
    }

    private void give(String name, @Nullable Owner owner) throws IOException {
        if (owner != null) {
            Kernel.changeOwner(descriptor, name, owner);
        }
    }

    boolean isDirectory() {
        return Files.isDirectory(magicLink());
    }

    /** Where it is, without links. */
    Path realPath() throws IOException {
        return Files.readSymbolicLink(magicLink());
    }

    /** A path that leads nowhere but here. */
    private Path magicLink() {
        return Path.of("/proc/self/fd", Integer.toString(descriptor));
    }

    @Override
    public void close() {
        Kernel.close(descriptor);
    }
}
