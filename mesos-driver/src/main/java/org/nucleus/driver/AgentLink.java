package org.nucleus.driver;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor's connection to its agent: subscribes, again whenever the stream ends, until it is closed. A call that
 * can't be brought to the agent ends the stream, so that whoever subscribes anew says what is unacknowledged.
 */
final class AgentLink implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentLink.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int EVENT_BYTES_MOST = 64 * 1024 * 1024;
    private static final int TEXT_MOST = 64 * 1024;
    private static final String TYPE = "application/x-protobuf";

    private final ExecutorEnvironment environment;
    private final Listener listener;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Thread thread =
            Thread.ofPlatform().name("executor-link").daemon().unstarted(this::stayConnected);
    private final Random random = new Random();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable InputStream stream;
    private @Nullable PostQueue calls;
    private boolean closed;

    /** What an executor hears of its agent; called on the link's thread, except {@link #refused}. */
    interface Listener {
        /** What to subscribe with; asked at each try. */
        Call.Subscribe unacknowledged();

        /** From now on calls are sent. */
        void subscribed(Event.Subscribed event);

        /** Any other event. */
        void received(Event event);

        /** The stream ended, or the agent can't be reached; not said when it answers that it isn't ready. */
        void disconnected(String reason);

        /** The agent refuses a call for what it says, or for who says it. */
        void refused(String message);
    }

    AgentLink(ExecutorEnvironment environment, Listener listener) {
        this.environment = environment;
        this.listener = listener;
    }

    void start() {
        thread.start();
    }

    /** Queues {@code call}; false if not subscribed now. */
    boolean send(Call call) {
        lock.lock();
        try {
            return calls != null && calls.add(call);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the agent has answered every call sent so far, for {@code most} at the longest. */
    boolean awaitAnswered(Duration most) throws InterruptedException {
        PostQueue now;
        lock.lock();
        try {
            now = calls;
        } finally {
            lock.unlock();
        }
        return now == null || now.awaitAnswered(most);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        drop();
        thread.interrupt();
        http.shutdownNow();
    }

    private void stayConnected() {
        try {
            while (!isClosed()) {
                once();
                pause();
            }
        } catch (InterruptedException e) {
            if (!isClosed()) {
                log.atError().setCause(e).log("The link to the agent was interrupted");
            }
        }
    }

    private void once() throws InterruptedException {
        String reason;
        try {
            HttpResponse<InputStream> answer = post(call(Call.Type.SUBSCRIBE)
                    .subscribe(listener.unacknowledged())
                    .build());
            if (answer.statusCode() != 200) {
                refused(answer);
                return;
            }
            reason = read(answer.body());
        } catch (IOException | BadMessage e) {
            reason = e.toString();
        }
        drop();
        if (!isClosed()) {
            listener.disconnected(reason);
        }
    }

    /** 503 and 404 are said by an agent that has not recovered yet: it is asked again. Anything else is final. */
    private void refused(HttpResponse<InputStream> answer) throws IOException {
        String text = text(answer);
        log.atInfo().addKeyValue("status", answer.statusCode()).log("The agent answered SUBSCRIBE: {}", text);
        if (answer.statusCode() != 503 && answer.statusCode() != 404) {
            listener.refused("Received unexpected '" + answer.statusCode() + "' (" + text + ") for SUBSCRIBE");
            close();
        }
    }

    private String read(InputStream body) throws IOException {
        open(body);
        RecordIo.Reader reader = new RecordIo.Reader(body, EVENT_BYTES_MOST);
        for (byte[] next = reader.next(); next != null; next = reader.next()) {
            Event event = ProtobufCodec.v1().decode(next, Event.class);
            if (event.subscribed() != null) {
                listener.subscribed(event.subscribed());
            } else {
                listener.received(event);
            }
        }
        return "The agent closed the event stream";
    }

    private void open(InputStream body) throws IOException {
        lock.lock();
        try {
            if (closed) {
                body.close();
                return;
            }
            stream = body;
            calls = new PostQueue(this::deliver);
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Call call) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = post(call);
            String text = text(answer);
            int status = answer.statusCode();
            if (status == 403 || status == 404 || status == 503) {
                log.atInfo().addKeyValue("status", status).log("The agent answered {}: {}", call.type(), text);
                drop();
            } else if (status >= 300) {
                listener.refused("Received unexpected '" + status + "' (" + text + ") for " + call.type());
            }
        } catch (IOException e) {
            log.atInfo().log("Could not bring {} to the agent: {}", call.type(), e.toString());
            drop();
        }
    }

    /** Ends the stream, if there is one; the link's thread finds out by reading from it. */
    private void drop() {
        lock.lock();
        try {
            if (calls != null) {
                calls.close();
                calls = null;
            }
            if (stream != null) {
                stream.close();
                stream = null;
            }
        } catch (IOException e) {
            // It is being given up; that it breaks is what was wanted.
            log.atDebug().log("The stream broke when it was closed: {}", e.toString());
        } finally {
            lock.unlock();
        }
    }

    private HttpResponse<InputStream> post(Call call) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(environment.endpoint())
                .timeout(ANSWER)
                .header("Content-Type", TYPE)
                .header("Accept", TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(ProtobufCodec.v1().encode(call)));
        environment.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    Call.Builder call(Call.Type type) {
        return Call.builder().type(type).executorId(environment.executorId()).frameworkId(environment.frameworkId());
    }

    private void pause() throws InterruptedException {
        lock.lock();
        try {
            long left =
                    1 + random.nextLong(Math.max(1, environment.backoffMost().toNanos()));
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static String text(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            return new String(body.readNBytes(TEXT_MOST), StandardCharsets.UTF_8);
        }
    }
}
