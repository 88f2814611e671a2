package org.nucleus.agent.nested;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.agent.ProcessIo;
import org.nucleus.wire.agent.ProcessIo.Data;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container's standard streams as named pipes, of which the agent holds the other ends. What it writes goes to all
 * who listen at that moment; a listener that does not take it in time makes the container wait, and is then let go.
 *
 * <p>Each pipe is also held open for both directions until the container has it, or has ended: so no opening ever
 * blocks, and a reader's end of file means that nobody writes any more. Thread-safe.
 */
public final class Session implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int CHUNK = 16 * 1024;

    private final Path directory;
    private final Launch.Streams streams;
    private final RandomAccessFile inputHeld;
    private final List<RandomAccessFile> outputsHeld;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger readers = new AtomicInteger(2);
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable OutputStream input;
    private boolean closed;

    /** Hears what the container writes, on a thread that may wait. */
    public interface Listener {
        /** @return false if it takes no more */
        boolean heard(ProcessIo part);

        /** The container will write nothing more. */
        void over();
    }

    private Session(Path directory, Launch.Streams streams) throws IOException {
        this.directory = directory;
        this.streams = streams;
        this.inputHeld = new RandomAccessFile(streams.stdin().toFile(), "rw");
        this.outputsHeld = List.of(
                new RandomAccessFile(streams.stdout().toFile(), "rw"),
                new RandomAccessFile(streams.stderr().toFile(), "rw"));
    }

    /** Makes the pipes in {@code directory}, which is this session's alone. */
    static Session open(Path directory) throws IOException {
        Files.createDirectories(directory);
        Launch.Streams streams = new Launch.Streams(
                directory.resolve("stdin"), directory.resolve("stdout"), directory.resolve("stderr"));
        for (Path pipe : List.of(streams.stdin(), streams.stdout(), streams.stderr())) {
            Pipes.make(pipe);
        }
        Session session = new Session(directory, streams);
        session.pump(streams.stdout(), Data.Type.STDOUT);
        session.pump(streams.stderr(), Data.Type.STDERR);
        return session;
    }

    Launch.Streams streams() {
        return streams;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
        if (readers.get() == 0) {
            leave(listener);
        }
    }

    /** It wants to hear no more. */
    public void forget(Listener listener) {
        listeners.remove(listener);
    }

    /** The container's command has its streams: from now on input can be written, and its end be told. */
    void started() throws IOException {
        writing.lock();
        try {
            if (!closed) {
                input = new FileOutputStream(streams.stdin().toFile());
                inputHeld.close();
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Writes to the container's input, waiting for it to read; nothing of no bytes: that is the input's end.
     *
     * @throws IOException if the container has closed it, or has ended
     */
    public void write(byte[] data) throws IOException {
        writing.lock();
        try {
            if (input == null) {
                throw new IOException("The container's input is closed");
            }
            if (data.length > 0) {
                input.write(data);
            } else {
                input.close();
                input = null;
            }
        } finally {
            writing.unlock();
        }
    }

    /** The container has ended: its listeners get what it has written, and hear that this was all. */
    @Override
    public void close() {
        try {
            for (RandomAccessFile held : outputsHeld) {
                held.close();
            }
            closeInput();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("A session's input was not read to its end");
        }
    }

    /** Who writes there now is told by the kernel that nobody reads: the container has ended. */
    private void closeInput() throws IOException {
        writing.lock();
        try {
            closed = true;
            inputHeld.close();
            if (input != null) {
                input.close();
                input = null;
            }
        } finally {
            writing.unlock();
        }
    }

    private void pump(Path pipe, Data.Type type) throws IOException {
        // Opened here, where it cannot block: this session holds the pipe for writing.
        InputStream in = new FileInputStream(pipe.toFile());
        Thread.ofPlatform().daemon().name("session-" + type).start(() -> pump(in, type));
    }

    private void pump(InputStream in, Data.Type type) {
        byte[] chunk = new byte[CHUNK];
        try (in) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                tell(new ProcessIo(ProcessIo.Type.DATA, new Data(type, Bytes.of(Arrays.copyOf(chunk, count))), null));
            }
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("stream", type).log("A session's output broke off");
        } finally {
            if (readers.decrementAndGet() == 0) {
                listeners.forEach(this::leave);
                discard();
            }
        }
    }

    private void tell(ProcessIo part) {
        for (Listener listener : listeners) {
            if (!listener.heard(part)) {
                leave(listener);
            }
        }
    }

    private void leave(Listener listener) {
        if (listeners.remove(listener)) {
            listener.over();
        }
    }

    private void discard() {
        try {
            for (Path pipe : List.of(streams.stdin(), streams.stdout(), streams.stderr())) {
                Files.deleteIfExists(pipe);
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("directory", directory).log("A session's pipes are left over");
        }
    }
}
