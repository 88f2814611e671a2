package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.service.files.SecureTree;
import org.nucleus.wire.ContainerId;

/**
 * What is stored about one container, so that it is known while its engine is not there: {@code spec}, and
 * {@code starting} once the engine may have started it.
 */
record Trace(Path path) {
    /**
     * @param stdout how much the sandbox's file held before the container wrote
     * @param stderr the same of the other
     */
    record Spec(Path sandbox, long stdout, long stderr) {}

    /** Fails if it is there already, since an id is launched once. */
    static Trace create(Path root, ContainerId id, Spec spec) throws IOException {
        Trace trace = of(root, id);
        if (Files.exists(trace.path)) {
            throw new FileAlreadyExistsException(trace.path.toString());
        }
        Path unfinished = Files.createTempDirectory(root, ".new-");
        Files.write(
                unfinished.resolve("spec"),
                List.of(spec.sandbox().toString(), Long.toString(spec.stdout()), Long.toString(spec.stderr())));
        Files.move(unfinished, trace.path, StandardCopyOption.ATOMIC_MOVE);
        CrashPoint.CONTAINER_NAMED.reached();
        return trace;
    }

    static Trace of(Path root, ContainerId id) {
        return new Trace(root.resolve(id.value()));
    }

    /** The ids of all in {@code root}; what was never finished goes. */
    static List<ContainerId> list(Path root) throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(root)) {
            entries = all.sorted().toList();
        }
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".new-")) {
                SecureTree.delete(entry);
            }
        }
        return entries.stream()
                .map(entry -> entry.getFileName().toString())
                .filter(name -> !name.startsWith("."))
                .map(name -> new ContainerId(name, null))
                .toList();
    }

    Spec spec() throws IOException {
        List<String> lines = Files.readAllLines(path.resolve("spec"));
        try {
            return new Spec(Path.of(lines.get(0)), Long.parseLong(lines.get(1)), Long.parseLong(lines.get(2)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("What is stored in " + path + " is damaged", e);
        }
    }

    /** From now on the engine may have started it. */
    void starting() throws IOException {
        Files.createFile(path.resolve("starting"));
        CrashPoint.CONTAINER_SPECIFIED.reached();
    }

    boolean mayHaveStarted() {
        return Files.exists(path.resolve("starting"));
    }

    Optional<Trace> existing() {
        return Files.isDirectory(path) ? Optional.of(this) : Optional.empty();
    }

    void delete() throws IOException {
        SecureTree.delete(path);
        CrashPoint.CONTAINER_FORGOTTEN.reached();
    }
}
