package org.nucleus.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.codec.ProtobufCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/** An agent's executor endpoint whose answers a test decides: real HTTP, protobuf only. It can leave and come back. */
final class FakeAgent implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Stream> streams = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final int port;
    private HttpServer server;
    private volatile Function<Call, Integer> statuses = _ -> 202;
    private volatile String authorization = "";

    /** One open subscription, and what it was asked for with. */
    record Stream(HttpExchange exchange, Call.Subscribe subscribe) {
        void send(Event event) throws IOException {
            OutputStream body = exchange.getResponseBody();
            body.write(RecordIo.frame(ProtobufCodec.v1().encode(event)));
            body.flush();
        }

        void sendSubscribed() throws IOException {
            send(Event.builder()
                    .type(Event.Type.SUBSCRIBED)
                    .subscribed(new Event.Subscribed(
                            ExecutorInfo.builder()
                                    .executorId(new ExecutorId("e1"))
                                    .name("executor")
                                    .command(CommandInfo.builder().value("run").build())
                                    .build(),
                            FrameworkInfo.builder().user("nobody").name("test").build(),
                            AgentInfo.builder().hostname("h1").build(),
                            null))
                    .build());
        }

        void end() {
            exchange.close();
        }
    }

    FakeAgent() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("MESOS_AGENT_ENDPOINT", "127.0.0.1:" + port);
        environment.put("MESOS_SLAVE_ID", "s1");
        environment.put("MESOS_FRAMEWORK_ID", "m-0000");
        environment.put("MESOS_EXECUTOR_ID", "e1");
        environment.put("MESOS_DIRECTORY", "/sandbox");
        environment.put("MESOS_CHECKPOINT", "1");
        environment.put("MESOS_RECOVERY_TIMEOUT", "15mins");
        environment.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", "50ms");
        environment.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", "5secs");
        environment.put("MESOS_LOCAL", "1");
        return environment;
    }

    void answer(Function<Call, Integer> by) {
        statuses = by;
    }

    void leave() {
        server.stop(0);
    }

    void comeBack() throws IOException {
        server = listen(port);
    }

    Stream awaitStream() throws InterruptedException {
        return Objects.requireNonNull(streams.poll(20, TimeUnit.SECONDS), "no subscription came");
    }

    Stream subscribed() throws IOException, InterruptedException {
        Stream stream = awaitStream();
        stream.sendSubscribed();
        return stream;
    }

    Call awaitCall() throws InterruptedException {
        return Objects.requireNonNull(calls.poll(20, TimeUnit.SECONDS), "no call came");
    }

    /** The header of the last subscription. */
    String authorization() {
        return authorization;
    }

    private HttpServer listen(int where) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
        made.setExecutor(threads);
        made.createContext("/api/v1/executor", this::call);
        made.start();
        return made;
    }

    private void call(HttpExchange exchange) throws IOException {
        Call call = ProtobufCodec.v1().decode(exchange.getRequestBody().readAllBytes(), Call.class);
        if (!new FrameworkId("m-0000").equals(call.frameworkId())
                || !new ExecutorId("e1").equals(call.executorId())
                || !"application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            respond(exchange, 400);
            return;
        }
        int status = statuses.apply(call);
        if (status != 202) {
            respond(exchange, status);
        } else if (call.subscribe() != null) {
            authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(200, 0);
            streams.add(new Stream(exchange, call.subscribe()));
        } else {
            calls.add(call);
            respond(exchange, 202);
        }
    }

    private static void respond(HttpExchange exchange, int status) throws IOException {
        byte[] body = status == 202 ? new byte[0] : ("status " + status).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
