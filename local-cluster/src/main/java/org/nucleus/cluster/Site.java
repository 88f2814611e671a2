package org.nucleus.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory that holds everything of one local cluster, {@code .nucleus}; nothing of it lives elsewhere. */
public record Site(Path root) {
    public Site {
        root = root.toAbsolutePath().normalize();
    }

    /** Environment for scripts, sourced by a shell. */
    public Path environment() {
        return root.resolve("env");
    }

    public Path pids() {
        return root.resolve("pids");
    }

    public Path pidFile(String service) {
        return pids().resolve(service + ".pid");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String service) {
        return logs().resolve(service + ".log");
    }

    /** Credentials, ACLs and the flags of each service; readable by the owner alone. */
    public Path settings() {
        return root.resolve("settings");
    }

    /** Work directories of the agents, each with its tasks' sandboxes. */
    public Path agents() {
        return root.resolve("agents");
    }

    public Path workDirectory(String agent) {
        return agents().resolve(agent);
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path zooKeeper() {
        return root.resolve("zookeeper");
    }

    /** What can be made again at a cost, and survives {@code --clean}: unpacked binaries, class archives. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** Makes the directories, for the owner alone. */
    public void create() {
        for (Path directory : List.of(root, pids(), logs(), settings(), cache())) {
            createPrivately(directory);
        }
    }

    /** Deletes all but the cache. */
    public void clear() {
        try (Stream<Path> children = Files.exists(root) ? Files.list(root) : Stream.empty()) {
            children.filter(child -> !child.equals(cache())).forEach(Site::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that only its owner may read, replacing an earlier one at once. */
    public static void writePrivately(Path file, String content) {
        try {
            Path fresh = Files.createTempFile(
                    file.getParent(),
                    file.getFileName().toString(),
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static void createPrivately(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new CannotStart(
                    "Cannot create " + directory + ": " + e.getMessage() + ". Is its parent writable?", e);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + tree, e);
        }
    }
}
