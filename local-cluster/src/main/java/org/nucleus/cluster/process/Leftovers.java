package org.nucleus.cluster.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Processes that work in a directory: a task's is its sandbox, also when no agent is left to know the task. */
public final class Leftovers {
    private static final Path PROCESSES = Path.of("/proc");

    private Leftovers() {}

    /** Those whose working directory lies below the given one. */
    public static List<ProcessHandle> in(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        return ProcessHandle.allProcesses()
                .filter(process -> workingDirectory(process)
                        .filter(path -> path.startsWith(root))
                        .isPresent())
                .toList();
    }

    /** Asks all of them to end, and kills those that have not after a while. Says how many there were. */
    public static int end(Path directory, Duration patience) {
        List<ProcessHandle> found = in(directory);
        found.forEach(ProcessHandle::destroy);
        found.forEach(process -> PidFile.endWithin(process, patience));
        return found.size();
    }

    /** Nothing if the process has gone meanwhile or belongs to somebody else. */
    private static Optional<Path> workingDirectory(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve("cwd")));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
