package org.nucleus.master.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.service.stream.EventStream;
import org.nucleus.wire.codec.RecordIo;

/**
 * The streams of one kind of peer, by their ids. Delivering never blocks: an event waits in the stream's bounded queue
 * and is encoded on the stream's own thread; what comes for a stream that has ended is dropped. Thread-safe.
 */
public final class OpenStreams {
    private final Map<StreamId, Open> open = new ConcurrentHashMap<>();

    private record Open(EventStream stream, Encoding encoding) {}

    public void add(StreamId id, EventStream stream, Encoding encoding) {
        open.put(id, new Open(stream, encoding));
    }

    public void remove(StreamId id) {
        open.remove(id);
    }

    public void deliver(StreamId id, Record event) {
        Open to = open.get(id);
        if (to != null) {
            to.stream().offer(() -> RecordIo.frame(to.encoding().encode(event)));
        }
    }

    /** Ends the stream after what was delivered before. */
    public void close(StreamId id) {
        Open to = open.get(id);
        if (to != null) {
            to.stream().close();
        }
    }

    public int count() {
        return open.size();
    }
}
