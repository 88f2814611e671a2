package org.nucleus.master.api;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.service.stream.EventStream;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Event;

/**
 * The streams of one kind of peer, by their ids. Delivering never blocks: an event waits in the stream's bounded queue
 * and is encoded on the stream's own thread; what comes for a stream that has ended is dropped. Thread-safe.
 */
public final class OpenStreams {
    private final Map<StreamId, Open> open = new ConcurrentHashMap<>();

    private static final class Open {
        private final EventStream stream;
        private final Encoding encoding;
        private final @Nullable String principal;
        /** Whose stream it is, from SUBSCRIBED until it is ended. */
        private volatile @Nullable String subscriber;

        private Open(EventStream stream, Encoding encoding, @Nullable String principal) {
            this.stream = stream;
            this.encoding = encoding;
            this.principal = principal;
        }
    }

    /** @param principal who opened it, as authenticated */
    public void add(StreamId id, EventStream stream, Encoding encoding, @Nullable String principal) {
        open.put(id, new Open(stream, encoding, principal));
    }

    /**
     * Whether the machine took {@code subscriber} in on this stream, which lives, and {@code principal} opened it: then a
     * call of the subscriber that names the stream is sure to be heard.
     */
    public boolean isOf(@Nullable String subscriber, StreamId id, @Nullable String principal) {
        Open known = open.get(id);
        return known != null
                && subscriber != null
                && subscriber.equals(known.subscriber)
                && Objects.equals(principal, known.principal);
    }

    public void remove(StreamId id) {
        open.remove(id);
    }

    public void deliver(StreamId id, Record event) {
        Open to = open.get(id);
        if (to != null) {
            to.stream.offer(() -> RecordIo.frame(to.encoding.encode(event)));
            String subscriber = subscriber(event);
            if (subscriber != null) {
                to.subscriber = subscriber;
            }
        }
    }

    private static @Nullable String subscriber(Record event) {
        return switch (event) {
            case Event said
            when said.subscribed() != null -> said.subscribed().frameworkId().value();
            case AgentEvent said
            when said.subscribed() != null -> said.subscribed().agentId().value();
            default -> null;
        };
    }

    /** Ends the stream after what was delivered before. */
    public void close(StreamId id) {
        Open to = open.get(id);
        if (to != null) {
            to.subscriber = null;
            to.stream.close();
        }
    }

    public int count() {
        return open.size();
    }
}
