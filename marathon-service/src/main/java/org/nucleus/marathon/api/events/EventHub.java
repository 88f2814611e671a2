package org.nucleus.marathon.api.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.nucleus.marathon.core.state.MarathonEvent;
import org.nucleus.service.stream.EventStream;
import org.springframework.stereotype.Component;

/** Hands each event to all who listen, each within its own bounds; the JSON is made once, and only if anybody does. */
@Component
public final class EventHub implements BiConsumer<Long, MarathonEvent> {
    private final Map<EventStream, Listener> listeners = new ConcurrentHashMap<>();

    void add(Listener listener) {
        listeners.put(listener.stream(), listener);
    }

    void remove(EventStream stream) {
        listeners.remove(stream);
    }

    @Override
    public void accept(Long id, MarathonEvent event) {
        if (listeners.isEmpty()) {
            return;
        }
        String type = EventWriter.typeOf(event);
        byte[] frame = frame(id, type, EventWriter.write(event).toString());
        listeners.values().forEach(listener -> {
            if (listener.wish().covers(type, event.apps())) {
                listener.offer(id, frame);
            }
        });
    }

    /** Tells all who listen of what is not stored: that somebody came or went. */
    void tell(String type, String json) {
        byte[] frame = frame(type, json);
        listeners.values().forEach(listener -> {
            if (listener.wish().covers(type, java.util.List.of())) {
                listener.offer(frame);
            }
        });
    }

    int count() {
        return listeners.size();
    }

    static byte[] frame(String type, String json) {
        return ("event: " + type + "\r\ndata: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] frame(long id, String type, String json) {
        return ("event: " + type + "\r\nid: " + id + "\r\ndata: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
