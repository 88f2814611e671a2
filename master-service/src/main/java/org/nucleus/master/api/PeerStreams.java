package org.nucleus.master.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.StreamId;
import org.nucleus.master.election.Mailbox;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the stream of a peer from its subscription to its end, and tells the machine of both. */
public final class PeerStreams {
    private static final Logger log = LoggerFactory.getLogger(PeerStreams.class);

    private final EventStreams streams;
    private final OpenStreams open;

    /**
     * @param principal who subscribes, as authenticated
     * @param heartbeat frame to be written once per {@code interval}; null for none
     */
    public record Peer(
            StreamId id,
            @Nullable String principal,
            Encoding encoding,
            int eventsWaitingMost,
            byte @Nullable [] heartbeat,
            Duration interval) {}

    public PeerStreams(EventStreams streams, OpenStreams open) {
        this.streams = streams;
        this.open = open;
    }

    /** Returns when the stream has ended. A machine that takes in no more answers 503. */
    public void serve(Mailbox mailbox, Peer peer, MasterInput opened, MasterInput closed, HttpServletResponse response)
            throws IOException {
        EventStream stream = streams.open(
                response,
                new EventStream.Settings(
                        peer.encoding().mediaType(),
                        peer.eventsWaitingMost(),
                        peer.heartbeat(),
                        peer.interval(),
                        true));
        open.add(peer.id(), stream, peer.encoding(), peer.principal());
        if (!mailbox.offer(opened)) {
            open.remove(peer.id());
            Answers.busy(response);
            return;
        }
        streams.serve(stream, reason -> {
            log.atInfo()
                    .addKeyValue("stream", peer.id())
                    .addKeyValue("reason", reason)
                    .log("A stream ended");
            open.remove(peer.id());
            tell(mailbox, closed);
        });
    }

    private static void tell(Mailbox mailbox, MasterInput input) {
        try {
            mailbox.put(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops, and the term with it
        }
    }

    /** See {@link OpenStreams#isOf}. */
    public boolean isOf(@Nullable String subscriber, StreamId id, @Nullable String principal) {
        return open.isOf(subscriber, id, principal);
    }

    public int count() {
        return open.count();
    }
}
