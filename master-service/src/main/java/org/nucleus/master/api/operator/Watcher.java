package org.nucleus.master.api.operator;

import org.nucleus.master.access.Viewer;
import org.nucleus.master.api.Encoding;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.view.ClusterFeed;
import org.nucleus.master.view.ClusterNews;
import org.nucleus.service.stream.EventStream;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.master.Event;

/** An operator's stream of events. All messages are made and encoded on the stream's own thread. */
record Watcher(EventStream stream, Encoding encoding, Viewer viewer) implements ClusterFeed.Reader {
    static final double HEARTBEAT_SECONDS = 15.0;
    private static final Event HEARTBEAT =
            Event.builder().type(Event.Type.HEARTBEAT).build();

    static byte[] heartbeat(Encoding encoding) {
        return RecordIo.frame(encoding.encode(HEARTBEAT));
    }

    @Override
    public void begin(Picture picture) {
        stream.offer(() -> RecordIo.frame(encoding.encode(Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(new ClusterAnswers(picture, viewer).state(), HEARTBEAT_SECONDS))
                .build())));
        stream.offer(heartbeat(encoding));
    }

    @Override
    public void hear(ClusterNews news) {
        if (news.isFor(viewer)) {
            stream.offer(() -> RecordIo.frame(encoding.encode(news.event())));
        }
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public void drop() {
        stream.close("too many others watch");
    }
}
