package org.nucleus.agent.containerizer.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.namespace.Handle;

/**
 * Where a task's standard streams lead, opened as far as it must be before the task's mount namespace hides it. To be
 * closed when the task has its own descriptors of them.
 */
final class Outputs implements Closeable {
    private static final int STDIN = 0;
    private static final int STDOUT = 4;
    private static final int STDERR = 5;

    private final List<Spawn.Opened> opened;
    private final List<Spawn.Copied> copied;
    private final List<Closeable> held;

    private Outputs(List<Spawn.Opened> opened, List<Spawn.Copied> copied, List<? extends Closeable> held) {
        this.opened = List.copyOf(opened);
        this.copied = List.copyOf(copied);
        this.held = List.copyOf(held);
    }

    /** No input, and files in the sandbox. */
    static Outputs files(Path sandbox) {
        return new Outputs(
                List.of(
                        Spawn.Opened.reading(Path.of("/dev/null"), STDIN),
                        Spawn.Opened.appending(sandbox.resolve("stdout"), STDOUT),
                        Spawn.Opened.appending(sandbox.resolve("stderr"), STDERR)),
                List.of(),
                List.of());
    }

    /** No input, and pipes that somebody else empties. */
    static Outputs pipes(Loggers.Pipes pipes) {
        return new Outputs(
                List.of(Spawn.Opened.reading(Path.of("/dev/null"), STDIN)),
                List.of(new Spawn.Copied(pipes.stdout(), STDOUT), new Spawn.Copied(pipes.stderr(), STDERR)),
                List.of(pipes));
    }

    /** Those of the agent's own making, wherever they are. */
    static Outputs of(Launch.Streams streams) throws IOException {
        List<Handle> handles = new ArrayList<>();
        try {
            List<Spawn.Opened> opened = new ArrayList<>();
            opened.add(Spawn.Opened.reading(through(streams.stdin(), handles), STDIN));
            opened.add(Spawn.Opened.writing(through(streams.stdout(), handles), STDOUT));
            opened.add(Spawn.Opened.writing(through(streams.stderr(), handles), STDERR));
            return new Outputs(opened, List.of(), handles);
        } catch (IOException e) {
            handles.forEach(Handle::close);
            throw e;
        }
    }

    private static Path through(Path file, List<Handle> handles) throws IOException {
        Handle handle = Handle.at(file);
        handles.add(handle);
        return Path.of("/proc/self/fd", Integer.toString(handle.descriptor()));
    }

    List<Spawn.Opened> opened() {
        return opened;
    }

    List<Spawn.Copied> copied() {
        return copied;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : held) {
            each.close();
        }
    }
}
