package org.nucleus.agent.fetcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A directory that nothing written here may leave, neither by name nor through a link. Holds while no one else changes
 * the directory; a sandbox is its task's only once the task runs.
 */
final class Enclosure {
    private final Path root;

    Enclosure(Path root) throws IOException {
        this.root = root.toRealPath();
    }

    /**
     * Where the entry {@code name} is to be written: its directories are created, and the way to it is free of links.
     */
    Path place(String name) throws IOException {
        Path relative = relative(name);
        Path directory = root;
        for (int i = 0; i < relative.getNameCount() - 1; i++) {
            directory = directory.resolve(relative.getName(i));
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(directory);
            }
            directory = entered(directory);
        }
        return directory.resolve(relative.getFileName());
    }

    /** A file that is there; the result is free of links. */
    Path existing(String name) throws IOException {
        return entered(root.resolve(relative(name)));
    }

    /**
     * Checks what a link below {@code directory} (free of links) is to point to: relative, dots only in front, and not
     * above the root. Links that all obey this cannot lead outside together, whatever they pass through.
     */
    void checkLink(Path directory, String target) throws IOException {
        Path path = parse(target);
        int ups = 0;
        boolean down = false;
        for (Path part : path) {
            if (part.toString().equals("..")) {
                if (down) {
                    throw new FetchFailed("the link to '" + target + "' goes down and up again");
                }
                ups++;
            } else {
                down = true;
            }
        }
        int depth = directory.getNameCount() - root.getNameCount();
        if (path.isAbsolute() || ups > depth) {
            throw new FetchFailed("the link to '" + target + "' leaves the sandbox");
        }
    }

    private Path entered(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root)) {
            throw new FetchFailed("'" + path + "' leads out of '" + root + "'");
        }
        return real;
    }

    private static Path relative(String name) throws FetchFailed {
        Path path = parse(name);
        if (path.isAbsolute()) {
            throw new FetchFailed("'" + name + "' must be a relative path");
        }
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw new FetchFailed("'" + name + "' must not contain '..'");
            }
        }
        Path normal = path.normalize();
        if (normal.toString().isEmpty()) {
            throw new FetchFailed("'" + name + "' does not name a file");
        }
        return normal;
    }

    private static Path parse(String name) throws FetchFailed {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FetchFailed("'" + name + "' is not a path", e);
        }
    }
}
