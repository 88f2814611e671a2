package org.nucleus.service.stream;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.context.SmartLifecycle;

/**
 * The open streams of a service. A controller opens one, hands it to whoever will feed it, and then serves it:
 * <pre>{@code
 * EventStream stream = streams.open(response, settings);
 * writer.offer(new Subscribe(stream…));
 * streams.serve(stream, reason -> writer.offer(new StreamClosed(…)));   // returns when the stream has ended
 * }</pre>
 * They end before the web server begins to wait for its requests, so that stopping a service doesn't wait for them.
 */
public final class EventStreams implements SmartLifecycle {
    /** Ends before the web server; what must end before the streams, since it would take their end for news, comes later. */
    public static final int PHASE = Integer.MAX_VALUE - 100;

    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile boolean stopping;

    /** A stream that writes to {@code response}; nothing is sent before {@link #serve}. */
    public EventStream open(HttpServletResponse response, EventStream.Settings settings) {
        return new EventStream(response, settings);
    }

    /** Writes {@code stream} until it ends, on the calling thread; then tells {@code onClosed} the reason. */
    public void serve(EventStream stream, Consumer<String> onClosed) {
        open.add(stream);
        String reason = "it failed";
        try {
            if (stopping) {
                stream.close("the service stops");
            }
            reason = stream.serve();
        } finally {
            open.remove(stream);
            stream.close();
            onClosed.accept(reason);
        }
    }

    public int count() {
        return open.size();
    }

    /** Ends all streams; their peers connect again, and find the leader of then. */
    public void closeAll(String reason) {
        open.forEach(stream -> stream.close(reason));
    }

    @Override
    public void start() {
        running = true;
        stopping = false;
    }

    @Override
    public void stop() {
        running = false;
        stopping = true;
        closeAll("the service stops");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
