package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;

/**
 * A command beside the first of a running container: a health check, or somebody's look inside. It ends with its
 * container at the latest. Nothing is stored of it: an agent that starts finds none.
 */
final class Exec {
    private final Engine engine;
    private final Launch launch;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final CompletableFuture<Termination> termination = new CompletableFuture<>();
    private volatile @Nullable String command;

    Exec(Engine engine, Launch launch) {
        this.engine = engine;
        this.launch = launch;
    }

    CompletableFuture<Started> started() {
        return started;
    }

    CompletableFuture<Termination> termination() {
        return termination;
    }

    /** Blocks until it has ended. */
    void run(String container) {
        Launch.Streams streams = launch.streams();
        try (OutputStream stdout = sink(streams == null ? null : streams.stdout());
                OutputStream stderr = sink(streams == null ? null : streams.stderr())) {
            String id = engine.prepare(container, Creation.beside(launch));
            command = id;
            try (var output = engine.run(id)) {
                started.complete(new Started(0, 0));
                Frames.read(output.body(), (error, bytes) -> {
                    byte[] part = new byte[bytes.remaining()];
                    bytes.get(part);
                    (error ? stderr : stdout).write(part);
                });
            }
            end(new Termination.Exited(engine.command(id).path("ExitCode").asInt(0) & 0xff));
        } catch (IOException e) {
            end(new Termination.Lost("The command could not be run in its container: " + e.getMessage()));
        }
    }

    private void end(Termination how) {
        started.completeExceptionally(new LaunchFailed(how.message()));
        termination.complete(how);
    }

    /** Its pid is one of this machine's, since the engine is at a unix socket. */
    void kill(Signal signal) {
        String id = command;
        if (id == null || termination.isDone()) {
            return;
        }
        try {
            long pid = engine.command(id).path("Pid").asLong(0);
            if (pid > 0) {
                ProcessHandle.of(pid)
                        .ifPresent(signal == Signal.KILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
            }
        } catch (IOException e) {
            termination.complete(new Termination.Lost("The command could not be ended: " + e.getMessage()));
        }
    }

    /** Those of its own, if it has any; what a check says in the sandbox of its task goes nowhere. */
    private static OutputStream sink(@Nullable Path given) throws IOException {
        return given == null
                ? OutputStream.nullOutputStream()
                : Files.newOutputStream(given, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
