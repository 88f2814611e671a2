package org.nucleus.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.nucleus.access.CramMd5;
import org.nucleus.access.Credential;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A master's scheduler endpoint whose answers a test decides: real HTTP, no rules but authentication. */
public final class ScriptedMaster implements AutoCloseable {
    static final FrameworkId ID = new FrameworkId("m-0000");

    private static final byte[] CHALLENGE = CramMd5.challenge(17, 1_700_000_000_000L);
    private static final Answer YES = new Answer(202, "");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private volatile Function<Call, Answer> answers = _ -> YES;
    private volatile Optional<Credential> credential = Optional.empty();
    private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    /** 202 opens a stream for SUBSCRIBE. */
    record Answer(int status, String body) {}

    /** One open subscription, and what it was asked for with. */
    static final class Stream {
        private final HttpExchange exchange;
        private final OutputStream body;
        private final Call call;

        private Stream(HttpExchange exchange, Call call) {
            this.exchange = exchange;
            this.body = exchange.getResponseBody();
            this.call = call;
        }

        Call.Subscribe subscribe() {
            return Objects.requireNonNull(call.subscribe());
        }

        void send(Event event) throws IOException {
            body.write(RecordIo.frame(JsonCodec.v1().encode(event)));
            body.flush();
        }

        void sendSubscribed() throws IOException {
            send(Event.builder()
                    .type(Event.Type.SUBSCRIBED)
                    .subscribed(new Event.Subscribed(
                            ID,
                            15.0,
                            MasterInfo.builder()
                                    .id("master-1")
                                    .ip(0x0100007F)
                                    .port(5050)
                                    .hostname("localhost")
                                    .build()))
                    .build());
        }

        void end() {
            exchange.close();
        }
    }

    public ScriptedMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/scheduler", this::call);
        server.createContext("/authenticate", this::authenticate);
        server.start();
    }

    public String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void expect(Credential known) {
        credential = Optional.of(known);
    }

    /** What every call is answered from now on, SUBSCRIBE included. */
    void answer(Function<Call, Answer> by) {
        answers = call -> {
            Answer own = by.apply(call);
            return own != null ? own : YES;
        };
    }

    /** Until the returned latch is counted down, calls other than SUBSCRIBE are received but not answered. */
    CountDownLatch withholdAnswers() {
        CountDownLatch latch = new CountDownLatch(1);
        mayAnswer = latch;
        return latch;
    }

    Stream awaitStream() throws InterruptedException {
        return Objects.requireNonNull(streams.poll(10, TimeUnit.SECONDS), "no subscription came");
    }

    /** A stream on which SUBSCRIBED was sent. */
    public Stream subscribed() throws IOException, InterruptedException {
        Stream stream = awaitStream();
        stream.sendSubscribed();
        return stream;
    }

    Call awaitCall() throws InterruptedException {
        return Objects.requireNonNull(calls.poll(10, TimeUnit.SECONDS), "no call came");
    }

    boolean hasNoCall() {
        return calls.isEmpty();
    }

    private void call(HttpExchange exchange) throws IOException {
        Call call = JsonCodec.v1().decode(exchange.getRequestBody().readAllBytes(), Call.class);
        boolean knows = credential.isEmpty()
                || "Bearer token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        Answer answer = knows ? answers.apply(call) : new Answer(401, "Not authenticated");
        if (answer.status() == 202 && call.type() == Call.Type.SUBSCRIBE) {
            exchange.getResponseHeaders().add("Mesos-Stream-Id", "stream");
            exchange.sendResponseHeaders(200, 0);
            streams.add(new Stream(exchange, call));
            return;
        }
        if (call.type() != Call.Type.SUBSCRIBE) {
            calls.add(call);
            awaitPermission();
        }
        respond(exchange, answer.status(), answer.body());
    }

    private void awaitPermission() throws IOException {
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            throw new IOException("Interrupted", e);
        }
    }

    private void authenticate(HttpExchange exchange) throws IOException {
        JsonNode step = new JsonMapper().readTree(exchange.getRequestBody());
        if (step.path("type").stringValue().equals("START")) {
            String data = Base64.getEncoder().encodeToString(CHALLENGE);
            respond(exchange, 200, "{\"type\":\"STEP\",\"session\":\"s\",\"data\":\"" + data + "\"}");
            return;
        }
        byte[] answer = Base64.getDecoder().decode(step.path("data").stringValue());
        if (CramMd5.verify(credential.orElseThrow(), CHALLENGE, answer)) {
            respond(exchange, 200, "{\"type\":\"COMPLETED\",\"token\":\"token\"}");
        } else {
            respond(exchange, 401, "{\"type\":\"FAILED\",\"message\":\"no\"}");
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        mayAnswer.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
