package org.nucleus.marathon.api.events;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nucleus.marathon.core.state.Version;
import org.nucleus.service.stream.EventStream;
import org.nucleus.service.stream.EventStreams;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code GET /v2/events}: everything that happens, as it happens. */
@RestController
class EventsController {
    private static final int OUTSTANDING_MOST = 1_024;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final byte[] BEAT = "\r\n".getBytes(StandardCharsets.UTF_8);

    private final EventStreams streams;
    private final EventHub hub;

    EventsController(EventStreams streams, EventHub hub) {
        this.streams = streams;
        this.hub = hub;
    }

    @GetMapping("/v2/events")
    void events(
            @RequestParam(name = "event_type", required = false) List<String> types,
            HttpServletRequest request,
            HttpServletResponse response) {
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        Set<String> wanted = types == null ? Set.of() : new LinkedHashSet<>(types);
        EventStream stream =
                streams.open(response, EventStream.Settings.of("text/event-stream", OUTSTANDING_MOST, BEAT, HEARTBEAT));
        if (wanted.isEmpty() || wanted.contains("event_stream_attached")) {
            stream.offer(attached(request.getRemoteAddr()));
        }
        hub.add(stream, wanted);
        streams.serve(stream, _ -> hub.remove(stream));
    }

    private static byte[] attached(String address) {
        return EventHub.frame(
                "event_stream_attached",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("remoteAddress", address)
                        .put("eventType", "event_stream_attached")
                        .put("timestamp", Version.text(Instant.now()))
                        .toString());
    }
}
