package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A container's output on its way into the sandbox. The engine gives it from the beginning each time; what is there is
 * passed over, so that nothing is lost or doubled whenever an agent or the engine went away. Only the agent writes the
 * files, but the container can change them: they are opened following no link.
 */
final class Output implements AutoCloseable {
    private final Side stdout;
    private final Side stderr;

    /** One of the two. */
    private static final class Side implements AutoCloseable {
        private final FileChannel file;
        private long written;
        private long passed;

        Side(Path path, long before) throws IOException {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(path + " is not a file any more");
            }
            file = FileChannel.open(
                    path,
                    Set.of(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND,
                            LinkOption.NOFOLLOW_LINKS));
            written = Math.max(0, file.size() - before);
        }

        void take(ByteBuffer bytes) throws IOException {
            int known = (int) Math.min(bytes.remaining(), written - passed);
            passed += known;
            bytes.position(bytes.position() + known);
            while (bytes.hasRemaining()) {
                int more = file.write(bytes);
                written += more;
                passed += more;
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private Output(Side stdout, Side stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static Output of(Trace.Spec spec) throws IOException {
        Side stdout = new Side(spec.sandbox().resolve("stdout"), spec.stdout());
        try {
            return new Output(stdout, new Side(spec.sandbox().resolve("stderr"), spec.stderr()));
        } catch (IOException e) {
            stdout.close();
            throw e;
        }
    }

    /** Copies what the engine has; with {@code follow} until the container ends. */
    void copy(Engine engine, String name, boolean follow) throws IOException {
        try (var logs = engine.logs(name, follow)) {
            stdout.passed = 0;
            stderr.passed = 0;
            Frames.read(logs.body(), (error, bytes) -> (error ? stderr : stdout).take(bytes));
        }
    }

    @Override
    public void close() throws IOException {
        try (stdout) {
            stderr.close();
        }
    }
}
