package org.nucleus.service.stream;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One endless response. Any thread may {@link #offer} frames, and none is ever blocked: a full queue ends the stream,
 * and the peer connects again. The request's own (virtual) thread calls {@link #serve} and writes: whatever is queued,
 * then one flush; and a heartbeat at every interval. It ends when the peer has closed its connection,
 * when the queue overflows, or when somebody closes it; {@code onClosed} then hears the reason, once.
 */
public final class EventStream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);
    private static final int BATCH_MOST = 256;
    private static final String READER_GONE = "its reader is gone";
    private static final Supplier<byte[]> WAKE = () -> new byte[0];

    private final HttpServletResponse response;
    private final Settings settings;
    private final BlockingQueue<Supplier<byte[]>> queue;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private volatile boolean heartbeats;

    /** Why a stream ends, and the frame that its reader still gets. */
    private record Ending(String reason, byte @Nullable [] last) {}

    /**
     * @param contentType sent exactly so
     * @param capacity frames that may wait for a slow reader
     * @param heartbeat frame that is written once per {@code interval}; null for none
     * @param heartbeatAtOnce whether heartbeats begin with the stream, or with {@link #startHeartbeats}
     */
    public record Settings(
            String contentType, int capacity, byte @Nullable [] heartbeat, Duration interval, boolean heartbeatAtOnce) {
        public static Settings of(String contentType, int capacity, byte[] heartbeat, Duration interval) {
            return new Settings(contentType, capacity, heartbeat, interval, true);
        }
    }

    EventStream(HttpServletResponse response, Settings settings) {
        this.response = response;
        this.settings = settings;
        this.queue = new LinkedBlockingQueue<>(settings.capacity());
        this.heartbeats = settings.heartbeatAtOnce();
    }

    /** Queues {@code framed}; false if the stream has ended, also when it ends by this frame that found no room. */
    public boolean offer(byte[] framed) {
        return offer(() -> framed);
    }

    /** The same for a frame that is made when its turn has come, on the stream's own thread. */
    public boolean offer(Supplier<byte[]> framed) {
        if (ending.get() != null) {
            return false;
        }
        if (queue.offer(framed)) {
            return true;
        }
        end(new Ending("its reader is too slow: " + settings.capacity() + " events wait", null));
        return false;
    }

    /** For streams whose first frame comes late: from now on a heartbeat may be due. */
    public void startHeartbeats() {
        heartbeats = true;
    }

    public boolean isOpen() {
        return ending.get() == null;
    }

    /** Ends the stream after what is queued. */
    @Override
    public void close() {
        end(new Ending("it was closed", null));
    }

    /** Ends the stream after what is queued and {@code lastFrame}. */
    public void close(byte[] lastFrame) {
        end(new Ending("it was closed", lastFrame));
    }

    /** Ends the stream after what is queued, for {@code reason}. */
    public void close(String reason) {
        end(new Ending(reason, null));
    }

    /**
     * Writes until the stream ends, then returns the reason. Called once, on the thread that serves the request; the
     * response is committed before the first frame.
     */
    String serve() {
        Runnable endOfWatch = () -> {};
        try {
            response.setContentType(settings.contentType());
            response.setHeader("Transfer-Encoding", "chunked");
            response.setHeader("Cache-Control", "no-cache");
            response.flushBuffer();
            endOfWatch = ConnectionWatch.begin(response, () -> end(new Ending(READER_GONE, null)));
            write(response.getOutputStream());
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The reader of a stream is gone");
            end(new Ending(READER_GONE, null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server gives up its threads
        } finally {
            endOfWatch.run();
        }
        Ending ended = ending.get();
        return ended == null ? "its service stops" : ended.reason();
    }

    private void write(ServletOutputStream out) throws IOException, InterruptedException {
        List<Supplier<byte[]>> batch = new ArrayList<>();
        long nextBeat = System.nanoTime() + settings.interval().toNanos();
        while (ending.get() == null) {
            Supplier<byte[]> first = queue.poll(nextBeat - System.nanoTime(), TimeUnit.NANOSECONDS);
            batch.clear();
            if (first != null) {
                batch.add(first);
                queue.drainTo(batch, BATCH_MOST - 1);
            }
            if (System.nanoTime() - nextBeat >= 0) {
                nextBeat = System.nanoTime() + settings.interval().toNanos();
                beat(batch);
            }
            flush(out, batch);
        }
        finish(out);
    }

    private void beat(List<Supplier<byte[]>> batch) {
        byte[] heartbeat = settings.heartbeat();
        if (heartbeats && heartbeat != null) {
            batch.add(() -> heartbeat);
        }
    }

    private void finish(ServletOutputStream out) throws IOException {
        List<Supplier<byte[]>> rest = new ArrayList<>();
        queue.drainTo(rest);
        Ending ended = ending.get();
        if (ended != null && ended.last() instanceof byte[] last) {
            rest.add(() -> last);
        }
        flush(out, rest);
    }

    private static void flush(ServletOutputStream out, List<Supplier<byte[]>> frames) throws IOException {
        if (frames.isEmpty()) {
            return;
        }
        for (Supplier<byte[]> frame : frames) {
            out.write(frame.get());
        }
        out.flush();
    }

    private void end(Ending why) {
        if (ending.compareAndSet(null, why)) {
            queue.offer(WAKE); // if there is no room, the writer is awake
        }
    }
}
