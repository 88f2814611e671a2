package org.nucleus.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A stream of JSON records that are events: read on a thread of its own, waited for by kind. */
public final class Events implements AutoCloseable {
    /** Longer than anything takes on a busy machine; a test that passes never waits so long. */
    private static final long MOST_SECONDS = 120;

    private final Streamed stream;
    private final BlockingQueue<Optional<JsonNode>> arriving = new LinkedBlockingQueue<>();
    private final Deque<JsonNode> passedOver = new ArrayDeque<>();
    private final List<JsonNode> all = new ArrayList<>();
    private boolean ended;

    public Events(Streamed stream) {
        this.stream = stream;
        Thread.ofVirtual().start(this::pump);
    }

    private void pump() {
        try {
            for (Optional<byte[]> next = stream.record(); next.isPresent(); next = stream.record()) {
                arriving.add(next.map(Json::read));
            }
        } catch (IOException closed) {
            // An end that one side made by closing looks like this; tests ask for the end, not for its kind.
        } finally {
            arriving.add(Optional.empty());
        }
    }

    /** The first event not yet asked for of that type; others wait to be asked for. */
    public JsonNode await(String type) {
        return await(type, _ -> true);
    }

    public JsonNode await(String type, Predicate<JsonNode> which) {
        Predicate<JsonNode> wanted = event -> event.path("type").asString("").equals(type) && which.test(event);
        Optional<JsonNode> waiting = passedOver.stream().filter(wanted).findFirst();
        if (waiting.isPresent()) {
            passedOver.remove(waiting.get());
            return waiting.get();
        }
        while (true) {
            JsonNode event = next();
            if (event == null) {
                throw new AssertionError("No " + type + " came; the stream brought " + all);
            }
            if (wanted.test(event)) {
                return event;
            }
            passedOver.add(event);
        }
    }

    /** The next event whatever it is, heartbeats too; only for what was never passed over. */
    public JsonNode awaitAny() {
        JsonNode event = next();
        if (event == null) {
            throw new AssertionError("The stream ended, or nothing came; before: " + all);
        }
        return event;
    }

    /** Waits until the server ends the stream. */
    public void awaitEnd() {
        while (!ended) {
            if (next() == null && !ended) {
                throw new AssertionError("The stream did not end; it brought " + all);
            }
        }
    }

    /** Those that came so far, of one type; waits for nothing. */
    public List<JsonNode> soFar(String type) {
        for (Optional<JsonNode> next = arriving.poll(); next != null; next = arriving.poll()) {
            take(next);
            next.ifPresent(passedOver::add);
        }
        return all.stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .toList();
    }

    private @Nullable JsonNode next() {
        try {
            Optional<JsonNode> next = ended ? null : arriving.poll(MOST_SECONDS, TimeUnit.SECONDS);
            return next == null ? null : take(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private @Nullable JsonNode take(Optional<JsonNode> next) {
        ended |= next.isEmpty();
        next.ifPresent(all::add);
        return next.orElse(null);
    }

    @Override
    public void close() {
        try {
            stream.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
