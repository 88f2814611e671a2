package org.nucleus.benchmarks.swarm;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection that carries calls, each in a request of its own, without waiting for answers: those are counted, and
 * the first that is not 202 is kept.
 */
final class CallLink implements Calls, Closeable {
    private final HttpWire wire;
    private final Outbox outbox;
    private final String path;
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();

    CallLink(InetSocketAddress to, String path) throws IOException {
        this.wire = new HttpWire(to);
        this.outbox = new Outbox(wire);
        this.path = path;
        Thread.ofVirtual().start(this::readAnswers);
    }

    @Override
    public void send(String streamId, byte[] call) {
        unanswered.incrementAndGet();
        outbox.add(wire.request(path, Map.of("Content-Type", "application/json", "Mesos-Stream-Id", streamId), call));
    }

    long unanswered() {
        return unanswered.get();
    }

    @Nullable
    String refusal() {
        return refusal.get();
    }

    private void readAnswers() {
        try {
            while (true) {
                HttpWire.Head head = wire.readHead();
                String body = new String(wire.readBody(head), StandardCharsets.UTF_8);
                unanswered.decrementAndGet();
                if (head.status() != 202) {
                    refusal.compareAndSet(null, head.status() + " " + body);
                }
            }
        } catch (IOException e) {
            refusal.compareAndSet(null, e.toString());
        }
    }

    @Override
    public void close() throws IOException {
        outbox.close();
        wire.close();
    }
}
