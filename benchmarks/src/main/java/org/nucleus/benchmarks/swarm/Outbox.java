package org.nucleus.benchmarks.swarm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** What waits to be written to one connection: a thread of its own writes all that waits at one go. */
final class Outbox {
    private static final int BATCH_MOST = 512;

    private final HttpWire wire;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
    private final Thread writer;

    Outbox(HttpWire wire) {
        this.wire = wire;
        this.writer = Thread.ofVirtual().start(this::run);
    }

    void add(byte[] bytes) {
        waiting.add(bytes);
    }

    void close() {
        writer.interrupt();
    }

    private void run() {
        try {
            List<byte[]> batch = new ArrayList<>();
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MOST);
                ByteArrayOutputStream joined = new ByteArrayOutputStream();
                batch.forEach(joined::writeBytes);
                wire.write(joined.toByteArray());
                batch.clear();
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt(); // the connection ended; its reader says so
        }
    }
}
