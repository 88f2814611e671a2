package org.nucleus.scheduler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** A master's scheduler endpoint whose answers a test decides: real HTTP, no rules. */
final class ScriptedMaster implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received> calls = new LinkedBlockingQueue<>();
    private volatile Answer answer = Answer.ok();

    /** What a call is answered: 200 opens a stream for SUBSCRIBE, 202 is for others. */
    record Answer(int status, String header, String value) {
        static Answer ok() {
            return new Answer(202, "", "");
        }
    }

    record Received(Call call, String streamId) {}

    /** One open subscription. */
    static final class Stream {
        private final HttpExchange exchange;
        private final OutputStream body;

        private Stream(HttpExchange exchange) {
            this.exchange = exchange;
            this.body = exchange.getResponseBody();
        }

        void send(Event event) throws IOException {
            body.write(RecordIo.frame(JsonCodec.v1().encode(event)));
            body.flush();
        }

        void end() {
            exchange.close();
        }
    }

    ScriptedMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(MasterConnector.PATH, this::handle);
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void answerWith(Answer next) {
        answer = next;
    }

    Stream awaitStream() throws InterruptedException {
        return Objects.requireNonNull(streams.poll(10, TimeUnit.SECONDS), "no subscription came");
    }

    Received awaitCall() throws InterruptedException {
        return Objects.requireNonNull(calls.poll(10, TimeUnit.SECONDS), "no call came");
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = JsonCodec.v1().decode(exchange.getRequestBody().readAllBytes(), Call.class);
        Answer now = answer;
        if (now.status() != 202) {
            exchange.getResponseHeaders().add(now.header(), now.value());
            exchange.sendResponseHeaders(now.status(), -1);
            exchange.close();
        } else if (call.type() == Call.Type.SUBSCRIBE) {
            exchange.getResponseHeaders().add("Mesos-Stream-Id", "stream-" + streams.size());
            exchange.sendResponseHeaders(200, 0);
            streams.add(new Stream(exchange));
        } else {
            calls.add(new Received(call, exchange.getRequestHeaders().getFirst("Mesos-Stream-Id")));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
