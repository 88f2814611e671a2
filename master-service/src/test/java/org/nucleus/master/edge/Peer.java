package org.nucleus.master.edge;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;

/**
 * A framework or an agent, as plain HTTP sees it: one open stream, whose events wait to be taken, and calls beside it.
 *
 * @param <E> its events
 */
final class Peer<E extends Record> implements AutoCloseable {
    private static final int RECORD_MOST = 16 << 20;
    private static final long PATIENCE_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final String streamId;
    private final BlockingQueue<E> events = new LinkedBlockingQueue<>();
    private final InputStream stream;

    Peer(URI uri, Record subscribe, Class<E> type) throws IOException, InterruptedException {
        this.uri = uri;
        HttpResponse<InputStream> response =
                http.send(post(subscribe).build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("SUBSCRIBE was answered " + response.statusCode());
        }
        streamId = response.headers().firstValue("Mesos-Stream-Id").orElseThrow();
        stream = response.body();
        Thread.ofVirtual().start(() -> read(new RecordIo.Reader(stream, RECORD_MOST), type));
    }

    String streamId() {
        return streamId;
    }

    /** Posts a call on this peer's stream and returns the status. */
    int send(Record call) throws IOException, InterruptedException {
        HttpRequest request = post(call).header("Mesos-Stream-Id", streamId).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The next event that is {@code wanted}; others before it are dropped. */
    E next(Predicate<E> wanted) throws InterruptedException {
        while (true) {
            E event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the event did not come");
            }
            if (wanted.test(event)) {
                return event;
            }
        }
    }

    private HttpRequest.Builder post(Record call) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonCodec.v1().encode(call)));
    }

    private void read(RecordIo.Reader records, Class<E> type) {
        try {
            for (byte[] record = records.next(); record != null; record = records.next()) {
                events.add(JsonCodec.v1().decode(record, type));
            }
        } catch (IOException e) {
            return; // the stream was closed, by the test or by the master
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
