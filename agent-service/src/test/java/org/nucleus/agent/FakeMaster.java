package org.nucleus.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;

/** The master's side of the agent's protocol over real HTTP, as far as one agent needs it; says what it is told to. */
final class FakeMaster implements AutoCloseable {
    static final AgentId AGENT = new AgentId("m-S0");
    private static final String STREAM_ID = "the-stream";

    final long epoch;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<AgentCall> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable OutputStream stream;

    FakeMaster(int port, long epoch) throws IOException {
        this.epoch = epoch;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/agentlink/v1", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void send(AgentEvent event) throws IOException {
        OutputStream open = stream;
        if (open == null) {
            throw new IOException("no agent is connected");
        }
        synchronized (this) {
            open.write(RecordIo.frame(JsonCodec.v1().encode(event)));
            open.flush();
        }
    }

    /** The next call that is wanted; others on the way are dropped. */
    AgentCall next(Predicate<AgentCall> wanted) throws InterruptedException {
        while (true) {
            AgentCall call = calls.poll(60, TimeUnit.SECONDS);
            if (call == null) {
                throw new AssertionError("the agent did not call");
            }
            if (wanted.test(call)) {
                return call;
            }
        }
    }

    /** The next call, if one comes soon. */
    @Nullable
    AgentCall poll() throws InterruptedException {
        return calls.poll(50, TimeUnit.MILLISECONDS);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if ("application/recordio".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            receive(exchange);
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        AgentCall call = JsonCodec.v1().decode(body, AgentCall.class);
        exchange.getResponseHeaders().add("Mesos-Stream-Id", STREAM_ID);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        stream = exchange.getResponseBody();
        send(AgentEvent.subscribed(epoch, new AgentEvent.Subscribed(AGENT, 75)));
        calls.add(call);
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        boolean ours = STREAM_ID.equals(exchange.getRequestHeaders().getFirst("Mesos-Stream-Id"));
        if (ours) {
            var records = new RecordIo.Reader(exchange.getRequestBody(), 16 << 20);
            for (byte[] record = records.next(); record != null; record = records.next()) {
                if (record.length > 0) {
                    calls.add(JsonCodec.v1().decode(record, AgentCall.class));
                }
            }
        }
        exchange.sendResponseHeaders(ours ? 202 : 400, -1);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
