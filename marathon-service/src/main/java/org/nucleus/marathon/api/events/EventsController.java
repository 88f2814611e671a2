package org.nucleus.marathon.api.events;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.MarathonProperties;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.marathon.store.MarathonStore;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code GET /v2/events}: everything that happens, as it happens. Beyond the original each event has an id, and who comes
 * back with the last one that it got hears what it missed.
 */
@RestController
class EventsController {
    private static final int REPLAYED_MOST = 10_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] BEAT = "\r\n".getBytes(StandardCharsets.UTF_8);

    private final EventStreams streams;
    private final EventHub hub;
    private final MarathonStore store;
    private final int outstandingMost;

    EventsController(EventStreams streams, EventHub hub, MarathonStore store, MarathonProperties flags) {
        this.streams = streams;
        this.hub = hub;
        this.store = store;
        this.outstandingMost = flags.eventStreamMaxOutstandingMessages();
    }

    /** @param app apps or groups that are listened for */
    @GetMapping("/v2/events")
    void events(
            @RequestParam(name = "event_type", required = false) @Nullable List<String> types,
            @RequestParam(name = "app", required = false) @Nullable List<String> app,
            HttpServletRequest request,
            HttpServletResponse response) {
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        EventStream stream =
                streams.open(response, EventStream.Settings.of("text/event-stream", outstandingMost, BEAT, HEARTBEAT));
        Long last = lastSeen(request);
        Listener listener = new Listener(stream, wish(types, app), last != null);
        hub.add(listener);
        if (last != null) {
            listener.caughtUp(store.eventsAfter(last, REPLAYED_MOST));
        }
        String address = request.getRemoteAddr();
        hub.tell("event_stream_attached", came("event_stream_attached", address));
        streams.serve(stream, _ -> {
            hub.remove(stream);
            hub.tell("event_stream_detached", came("event_stream_detached", address));
        });
    }

    private static Listener.Wish wish(@Nullable List<String> types, @Nullable List<String> apps) {
        Set<String> wanted = types == null ? Set.of() : new LinkedHashSet<>(types);
        List<AppPath> paths =
                apps == null ? List.of() : apps.stream().map(AppPath::of).toList();
        return new Listener.Wish(wanted, paths);
    }

    /** A last id that is no number is none of ours. */
    private static @Nullable Long lastSeen(HttpServletRequest request) {
        String header = request.getHeader("Last-Event-ID");
        return header != null && header.matches("\\d{1,18}") ? Long.valueOf(header) : null;
    }

    private static String came(String type, String address) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("remoteAddress", address)
                .put("eventType", type)
                .put("timestamp", Version.text(Instant.now()))
                .toString();
    }
}
