package org.nucleus.scheduler;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** One stream of events from one master, with the queue of the calls that belong to it. */
final class Subscription implements AutoCloseable {
    private static final int EVENT_BYTES_MOST = 256 * 1024 * 1024;
    private static final int HEARTBEATS_MISSED_MOST = 5;
    private static final Duration FIRST_EVENT_MOST = Duration.ofSeconds(30);

    private final Leader master;
    private final InputStream body;
    private final RecordIo.Reader reader;
    private final HeartbeatWatch watch;
    private final CallQueue calls;
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private volatile @Nullable FrameworkId framework;

    Subscription(Leader master, InputStream body, CallQueue.Poster poster) {
        this.master = master;
        this.body = body;
        this.reader = new RecordIo.Reader(body, EVENT_BYTES_MOST);
        this.watch = new HeartbeatWatch(FIRST_EVENT_MOST, () -> end("No heartbeat from the master"));
        this.calls = new CallQueue(poster);
    }

    Leader master() {
        return master;
    }

    /** The next event, or null at the stream's end. */
    @Nullable
    Event next() throws IOException {
        byte[] record = reader.next();
        if (record == null) {
            return null;
        }
        watch.beat();
        return JsonCodec.v1().decode(record, Event.class);
    }

    void established(Event.Subscribed subscribed) {
        framework = subscribed.frameworkId();
        Double seconds = subscribed.heartbeatIntervalSeconds();
        if (seconds != null && seconds > 0) {
            watch.expectEvery(Duration.ofMillis((long) (seconds * 1000 * HEARTBEATS_MISSED_MOST)));
        }
    }

    boolean send(Call call) {
        return calls.add(call.toBuilder()
                .frameworkId(call.frameworkId() != null ? call.frameworkId() : Objects.requireNonNull(framework))
                .build());
    }

    boolean awaitAnswered(Duration most) throws InterruptedException {
        return calls.awaitAnswered(most);
    }

    Optional<String> endedBecause() {
        return Optional.ofNullable(ended.get());
    }

    @Override
    public void close() {
        end("The subscription was closed");
    }

    private void end(String reason) {
        if (!ended.compareAndSet(null, reason)) {
            return;
        }
        watch.close();
        calls.close();
        try {
            body.close();
        } catch (IOException e) {
            // The stream is being given up; that it breaks is what was wanted.
            ended.compareAndSet(reason, reason + " (" + e.getMessage() + ")");
        }
    }
}
