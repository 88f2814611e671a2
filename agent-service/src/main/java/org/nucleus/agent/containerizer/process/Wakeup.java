package org.nucleus.agent.containerizer.process;

import java.io.IOException;

/** Ends the {@code poll} of another thread: a pipe whose read end is among what that thread polls. */
final class Wakeup implements AutoCloseable {
    private static final int MOST = 4096;

    private final Libc.Pipe pipe;
    private boolean signalled;
    private boolean closed;

    Wakeup() throws IOException {
        this.pipe = Libc.pipe();
    }

    int descriptor() {
        return pipe.readEnd();
    }

    synchronized void signal() throws IOException {
        if (!signalled && !closed) {
            signalled = true;
            Libc.writeByte(pipe.writeEnd());
        }
    }

    /** To be called by the polling thread before it looks at what the signal was for. */
    synchronized void clear() throws IOException {
        if (signalled) {
            signalled = false;
            Libc.read(pipe.readEnd(), MOST);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            Libc.close(pipe.readEnd());
            Libc.close(pipe.writeEnd());
        }
    }
}
