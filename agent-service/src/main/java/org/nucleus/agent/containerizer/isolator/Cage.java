package org.nucleus.agent.containerizer.isolator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cgroups of one container: one in each hierarchy that is used, all with the same processes; none where there are
 * no cgroups. Each is known by the files the kernel put in it, so that a cage can be found again from its paths alone.
 *
 * @param paths first the one that keeps the processes together
 */
public record Cage(List<Path> paths) {
    private static final Logger log = LoggerFactory.getLogger(Cage.class);
    private static final String PROCESSES = "cgroup.procs";
    private static final String KILL = "cgroup.kill";
    private static final String NONE = "-";

    public Cage {
        paths = List.copyOf(paths);
    }

    public static Cage none() {
        return new Cage(List.of());
    }

    /** From one line of text, as {@link #line} writes it. */
    public static Cage parse(String line) {
        return line.equals(NONE)
                ? none()
                : new Cage(Arrays.stream(line.split(" ")).map(Path::of).toList());
    }

    /** Its paths, separated by spaces, of which they have none; a dash if there are no paths. */
    public String line() {
        return paths.isEmpty() ? NONE : joined();
    }

    /** Its paths, separated by spaces. */
    public String joined() {
        return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /** The pids in it; none if it is gone. */
    public Set<Long> members() throws IOException {
        if (paths.isEmpty()) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(paths.getFirst().resolve(PROCESSES))) {
            return lines.map(Long::parseLong).collect(Collectors.toSet());
        } catch (NoSuchFileException e) {
            return Set.of();
        } catch (UncheckedIOException e) {
            // The kernel's answer when the cgroup is removed while it is read.
            return Set.of();
        }
    }

    /** Kills all in it and below it, as far as the kernel offers that (version 2, from 5.14). */
    public void kill() throws IOException {
        if (paths.isEmpty()) {
            return;
        }
        Path kill = paths.getFirst().resolve(KILL);
        if (Files.exists(kill)) {
            Files.writeString(kill, "1");
        }
    }

    /**
     * Removes it, with what its processes made below it, and the cage around it if that one has waited for this; false
     * if the kernel still refuses.
     */
    boolean remove() {
        boolean gone = true;
        for (Path path : paths.reversed()) {
            try {
                removeTree(path);
                removeEmptyParent(path);
            } catch (IOException e) {
                log.atTrace().addKeyValue("cgroup", path).setCause(e).log("A cgroup cannot be removed yet");
                gone = false;
            }
        }
        return gone;
    }

    private static void removeTree(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (FileSystemException e) {
            List<Path> below = below(path);
            if (below.isEmpty()) {
                throw e;
            }
            for (Path each : below) {
                removeTree(each);
            }
            Files.deleteIfExists(path);
        }
    }

    private static List<Path> below(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Of a nested container: its parent's, if that one has gone before. Refused by the kernel if it has not. */
    private static void removeEmptyParent(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent == null || !Cgroups.isContainer(parent)) {
            return;
        }
        try {
            Files.deleteIfExists(parent);
            removeEmptyParent(parent);
        } catch (FileSystemException e) {
            log.atTrace().addKeyValue("cgroup", parent).log("The container around a nested one lives");
        }
    }

    /** Where it has a file of that name. */
    Optional<Path> file(String name) {
        return paths.stream()
                .map(path -> path.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    /** Writes {@code value} if it has such a file. */
    void write(String name, Object value) throws IOException {
        Optional<Path> file = file(name);
        if (file.isPresent()) {
            Files.writeString(file.get(), value.toString());
        }
    }

    /** What the first file of such a name holds; empty if there is none. */
    Optional<String> read(String... names) throws IOException {
        for (String name : names) {
            Optional<Path> file = file(name);
            if (file.isPresent()) {
                return read(file.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
