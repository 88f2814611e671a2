package org.nucleus.agent.containerizer.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Rotation;
import org.nucleus.agent.containerizer.namespace.Handle;

/**
 * Stand between tasks and the files they write to, and rotate those: two shells a task, which outlive the agent as the
 * task does, since a pipe that ends at the agent would end the task with it.
 */
final class Loggers {
    private static final String RESOURCE = "logger.sh";

    private final Path script;
    private final Rotation rotation;
    private final Optional<Path> ownCgroup;
    private final ExitWatch exits;

    private Loggers(Path script, Rotation rotation, Optional<Path> ownCgroup, ExitWatch exits) {
        this.script = script;
        this.rotation = rotation;
        this.ownCgroup = ownCgroup;
        this.exits = exits;
    }

    static Loggers install(Path root, Rotation rotation, Optional<Path> ownCgroup, ExitWatch exits) throws IOException {
        return new Loggers(Script.install(RESOURCE, root), rotation, ownCgroup, exits);
    }

    /**
     * Pipes to loggers of one task.
     *
     * @param drained completes when all that was written is in the files, and nobody can write any more
     */
    record Pipes(int stdout, int stderr, CompletableFuture<Void> drained) implements Closeable {
        /** To be called when the task has its own descriptors of them. */
        @Override
        public void close() throws IOException {
            Libc.close(stdout);
            Libc.close(stderr);
        }
    }

    Pipes start(Path sandbox, RunAs runAs) throws IOException {
        var stdoutEnded = new CompletableFuture<Void>();
        var stderrEnded = new CompletableFuture<Void>();
        try (Handle directory = Handle.of(sandbox)) {
            int stdout = start(directory, command("stdout", rotation.stdout(), runAs), stdoutEnded);
            try {
                int stderr = start(directory, command("stderr", rotation.stderr(), runAs), stderrEnded);
                return new Pipes(stdout, stderr, CompletableFuture.allOf(stdoutEnded, stderrEnded));
            } catch (IOException e) {
                Libc.close(stdout);
                throw e;
            }
        }
    }

    private int start(Handle directory, List<String> command, CompletableFuture<Void> ended) throws IOException {
        Libc.Pipe pipe = Libc.pipe();
        try {
            List<Spawn.Opened> silent = List.of(
                    Spawn.Opened.writing(Path.of("/dev/null"), 1), Spawn.Opened.writing(Path.of("/dev/null"), 2));
            var wiring = new Spawn.Wiring(directory.descriptor(), List.of(new Spawn.Copied(pipe.readEnd(), 0)), silent);
            long pid = new Spawn(command, wiring).start();
            exits.watchChild(pid, () -> ended.completeAsync(() -> null, Thread::startVirtualThread));
            return pipe.writeEnd();
        } catch (IOException e) {
            Libc.close(pipe.writeEnd());
            throw e;
        } finally {
            Libc.close(pipe.readEnd());
        }
    }

    private List<String> command(String file, Rotation.Kept kept, RunAs runAs) {
        List<String> words = new ArrayList<>(List.of(
                "/bin/sh",
                script.toString(),
                ownCgroup.map(Path::toString).orElse(""),
                file,
                Long.toString(kept.mostBytes()),
                Integer.toString(kept.older())));
        words.addAll(runAs.command());
        return words;
    }
}
