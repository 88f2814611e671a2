package org.nucleus.marathon.api.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.nucleus.marathon.core.state.MarathonEvent;
import org.nucleus.service.stream.EventStream;
import org.springframework.stereotype.Component;

/** Hands each event to all who listen, each within its own bounds; the JSON is made once, and only if anybody does. */
@Component
public final class EventHub implements Consumer<MarathonEvent> {
    private final Map<EventStream, Set<String>> listeners = new ConcurrentHashMap<>();

    /** @param types that the listener wants; all if empty */
    void add(EventStream stream, Set<String> types) {
        listeners.put(stream, types);
    }

    void remove(EventStream stream) {
        listeners.remove(stream);
    }

    @Override
    public void accept(MarathonEvent event) {
        if (listeners.isEmpty()) {
            return;
        }
        String type = EventWriter.type(event);
        byte[] frame = frame(type, EventWriter.write(event).toString());
        listeners.forEach((stream, types) -> {
            if (types.isEmpty() || types.contains(type)) {
                stream.offer(frame);
            }
        });
    }

    static byte[] frame(String type, String json) {
        return ("event: " + type + "\r\ndata: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
