package org.nucleus.marathon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerStatus;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * A master with a few agents, as far as one scheduler needs it: offers whole agents while it is asked to, starts what is
 * launched at once, kills at once, and remembers tasks over resubscriptions.
 */
final class FakeMaster implements AutoCloseable {
    private static final NetworkInfo LOOPBACK = NetworkInfo.builder()
            .ipAddresses(List.of(new NetworkInfo.IpAddress(NetworkInfo.Protocol.IPv4, "127.0.0.1")))
            .build();
    private static final JsonCodec JSON = JsonCodec.v1();

    final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final HttpServer http;
    private final Map<String, TaskInfo> tasks = new LinkedHashMap<>();
    private final List<String> agents = new ArrayList<>();
    private @Nullable OutputStream stream;
    private boolean suppressed;
    private long offers;
    private long updates;

    FakeMaster(int agentCount) throws IOException {
        for (int i = 0; i < agentCount; i++) {
            agents.add("agent-" + i);
        }
        http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/api/v1/scheduler", this::handle);
        http.start();
    }

    String address() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** Waits until a scheduler is subscribed and has heard of it. */
    void awaitSubscription() throws InterruptedException {
        for (Call call = calls.take(); call.type() != Call.Type.RECONCILE; call = calls.take()) {
            // what comes before isn't waited for
        }
    }

    synchronized List<TaskInfo> tasks() {
        return List.copyOf(tasks.values());
    }

    private void handle(HttpExchange exchange) throws IOException {
        Call call = JSON.decode(exchange.getRequestBody().readAllBytes(), Call.class);
        if (call.type() == Call.Type.SUBSCRIBE) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.getResponseHeaders().add("Mesos-Stream-Id", "stream-1");
            exchange.sendResponseHeaders(200, 0);
            subscribe(exchange.getResponseBody());
            return;
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
        take(call);
        calls.add(call);
    }

    private synchronized void subscribe(OutputStream body) throws IOException {
        stream = body;
        suppressed = false;
        send(Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(new FrameworkId("framework-1"), 15.0, null))
                .build());
        offer();
    }

    private synchronized void take(Call call) throws IOException {
        switch (Objects.requireNonNull(call.type())) {
            case ACCEPT -> accept(Objects.requireNonNull(call.accept()));
            case KILL -> end(Objects.requireNonNull(call.kill()).taskId().value(), TaskState.TASK_KILLED);
            case REVIVE -> {
                suppressed = false;
                offer();
            }
            case SUPPRESS -> suppressed = true;
            case RECONCILE -> reconcile(Objects.requireNonNull(call.reconcile()));
            default -> {
                // nothing that this master reacts to
            }
        }
    }

    private void accept(Call.Accept accept) throws IOException {
        for (Offer.Operation operation : accept.operations()) {
            if (operation.launch() != null) {
                for (TaskInfo task : operation.launch().taskInfos()) {
                    tasks.put(task.taskId().value(), task);
                    update(task.taskId().value(), task.agentId(), TaskState.TASK_STARTING);
                    update(task.taskId().value(), task.agentId(), TaskState.TASK_RUNNING);
                }
            }
        }
        offer();
    }

    private void reconcile(Call.Reconcile reconcile) throws IOException {
        if (reconcile.tasks().isEmpty()) {
            for (TaskInfo task : tasks.values()) {
                update(task.taskId().value(), task.agentId(), TaskState.TASK_RUNNING);
            }
        }
        for (Call.Reconcile.Task asked : reconcile.tasks()) {
            boolean known = tasks.containsKey(asked.taskId().value());
            update(asked.taskId().value(), asked.agentId(), known ? TaskState.TASK_RUNNING : TaskState.TASK_GONE);
        }
    }

    /** Ends a task, as by itself. */
    synchronized void end(String task, TaskState state) throws IOException {
        TaskInfo ended = tasks.remove(task);
        if (ended != null) {
            update(task, ended.agentId(), state);
        }
    }

    synchronized void disconnect() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private void update(String task, @Nullable AgentId agent, TaskState state) throws IOException {
        send(Event.builder()
                .type(Event.Type.UPDATE)
                .update(new Event.Update(TaskStatus.builder()
                        .taskId(new TaskId(task))
                        .agentId(agent)
                        .state(state)
                        .containerStatus(new ContainerStatus(null, List.of(LOOPBACK), null, null))
                        .uuid(Bytes.of(("u" + updates++).getBytes()))
                        .build()))
                .build());
    }

    private void offer() throws IOException {
        if (suppressed || stream == null) {
            return;
        }
        List<Offer> made = new ArrayList<>();
        for (String agent : agents) {
            made.add(Offer.builder()
                    .id(new OfferId("offer-" + offers++))
                    .frameworkId(new FrameworkId("framework-1"))
                    .agentId(new AgentId(agent))
                    .hostname(agent + ".local")
                    .allocationInfo(new Resource.AllocationInfo("*"))
                    .resources(List.of(scalar("cpus", 4), scalar("mem", 4096), scalar("disk", 10_000), ports()))
                    .build());
        }
        send(Event.builder()
                .type(Event.Type.OFFERS)
                .offers(new Event.Offers(made))
                .build());
    }

    private static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .role("*")
                .allocationInfo(new Resource.AllocationInfo("*"))
                .build();
    }

    private static Resource ports() {
        return Resource.builder()
                .name("ports")
                .type(Value.Type.RANGES)
                .ranges(new Value.Ranges(List.of(new Value.Range(31_000, 32_000))))
                .role("*")
                .allocationInfo(new Resource.AllocationInfo("*"))
                .build();
    }

    private void send(Event event) throws IOException {
        if (stream != null) {
            stream.write(RecordIo.frame(JSON.encode(event)));
            stream.flush();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
