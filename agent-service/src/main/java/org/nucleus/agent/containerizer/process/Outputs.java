package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.namespace.Handle;

/**
 * Where a task's standard streams lead, opened as far as it must be before the task's mount namespace hides it. To be
 * closed when the task has its own descriptors of them.
 */
final class Outputs implements AutoCloseable {
    private static final int STDIN = 0;
    private static final int STDOUT = 4;
    private static final int STDERR = 5;

    private final List<Spawn.Opened> opened;
    private final List<Spawn.Copied> copied;
    private final List<Handle> handles;

    private Outputs(List<Spawn.Opened> opened, List<Spawn.Copied> copied, List<Handle> handles) {
        this.opened = List.copyOf(opened);
        this.copied = List.copyOf(copied);
        this.handles = List.copyOf(handles);
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
    static Outputs pipes(int stdout, int stderr) {
        return new Outputs(
                List.of(Spawn.Opened.reading(Path.of("/dev/null"), STDIN)),
                List.of(new Spawn.Copied(stdout, STDOUT), new Spawn.Copied(stderr, STDERR)),
                List.of());
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

    static boolean areFiles(Launch.@Nullable Streams streams, Path sandbox) {
        return streams == null || streams.equals(Launch.Streams.files(sandbox));
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
    public void close() {
        handles.forEach(Handle::close);
    }
}
