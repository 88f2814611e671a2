package org.nucleus.marathon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A listener at {@code /v2/events}: tests wait for what happened, not for time to pass. */
final class EventReader implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
    private final InputStream in;

    EventReader(HttpClient http, URI base) throws IOException, InterruptedException {
        in = http.send(
                        HttpRequest.newBuilder(base.resolve("/v2/events"))
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
        Thread.ofVirtual().start(this::read);
        await(event -> event.path("eventType").asString().equals("event_stream_attached"));
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    events.add(JSON.readTree(line.substring(6)));
                }
            }
        } catch (IOException e) {
            events.add(JSON.createObjectNode().put("eventType", "closed").put("reason", String.valueOf(e)));
        }
    }

    JsonNode await(Predicate<JsonNode> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            JsonNode event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("the awaited event did not come");
            }
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    JsonNode await(String type) throws InterruptedException {
        return await(event -> event.path("eventType").asString().equals(type));
    }

    /** Waits until the deployment {@code id} has succeeded. */
    void awaitDeployment(String id) throws InterruptedException {
        await(event -> event.path("eventType").asString().equals("deployment_success")
                && event.path("id").asString().equals(id));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
