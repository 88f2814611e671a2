package org.nucleus.chronos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
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
 * A master with one agent, over real HTTP: offers while it is not suppressed, says RUNNING of every launched task, and
 * what becomes of it when a test decides. Remembers its tasks over disconnections, and answers RECONCILE from them.
 */
public final class FakeMaster implements AutoCloseable {
    private static final AgentId AGENT = new AgentId("agent-S0");

    private final HttpServer server;
    private final Map<TaskId, TaskState> tasks = new LinkedHashMap<>();
    private final BlockingQueue<TaskInfo> launched = new LinkedBlockingQueue<>();
    private final BlockingQueue<Call> subscriptions = new LinkedBlockingQueue<>();
    private final BlockingQueue<TaskId> killed = new LinkedBlockingQueue<>();
    private final BlockingQueue<TaskId> acknowledged = new LinkedBlockingQueue<>();
    private @Nullable HttpExchange exchange;
    private @Nullable OutputStream stream;
    private String streamId = "";
    private int offers;
    private boolean suppressed;

    public FakeMaster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/scheduler", this::handle);
        server.start();
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public TaskInfo awaitLaunch() throws InterruptedException {
        return Objects.requireNonNull(launched.poll(30, TimeUnit.SECONDS), "no task was launched");
    }

    public Call awaitSubscription() throws InterruptedException {
        return Objects.requireNonNull(subscriptions.poll(30, TimeUnit.SECONDS), "no subscription came");
    }

    public TaskId awaitKill() throws InterruptedException {
        return Objects.requireNonNull(killed.poll(30, TimeUnit.SECONDS), "no task was killed");
    }

    public TaskId awaitAcknowledgement() throws InterruptedException {
        return Objects.requireNonNull(acknowledged.poll(30, TimeUnit.SECONDS), "no update was acknowledged");
    }

    public int launchesWaiting() {
        return launched.size();
    }

    /** The task becomes {@code state}, and the framework hears of it. */
    public synchronized void update(TaskId task, TaskState state) throws IOException {
        tasks.put(task, state);
        send(status(task, state).uuid(Bytes.of(uuid())).build());
    }

    /** Ends the stream; the client will come again. */
    public synchronized void disconnect() {
        if (exchange != null) {
            exchange.close();
        }
    }

    private synchronized void handle(HttpExchange call) throws IOException {
        Call in = JsonCodec.v1().decode(call.getRequestBody().readAllBytes(), Call.class);
        if (in.type() == Call.Type.SUBSCRIBE) {
            subscribe(in, call);
            return;
        }
        boolean current = streamId.equals(call.getRequestHeaders().getFirst("Mesos-Stream-Id"));
        call.sendResponseHeaders(current ? 202 : 400, -1);
        call.close();
        if (current) {
            receive(in);
        }
    }

    private void subscribe(Call in, HttpExchange call) throws IOException {
        disconnect();
        streamId = UUID.randomUUID().toString();
        suppressed = false;
        call.getResponseHeaders().add("Mesos-Stream-Id", streamId);
        call.sendResponseHeaders(200, 0);
        exchange = call;
        stream = call.getResponseBody();
        FrameworkId known =
                Objects.requireNonNull(in.subscribe()).frameworkInfo().id();
        FrameworkId id = known == null ? new FrameworkId("framework-0001") : known;
        send(Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(id, 600.0, null))
                .build());
        subscriptions.add(in);
        offer();
    }

    private void receive(Call in) throws IOException {
        switch (Objects.requireNonNull(in.type())) {
            case REVIVE -> {
                suppressed = false;
                offer();
            }
            case SUPPRESS -> suppressed = true;
            case ACCEPT -> {
                accept(Objects.requireNonNull(in.accept()));
                offer();
            }
            case KILL -> {
                TaskId task = Objects.requireNonNull(in.kill()).taskId();
                killed.add(task);
                update(task, TaskState.TASK_KILLED);
            }
            case ACKNOWLEDGE ->
                acknowledged.add(Objects.requireNonNull(in.acknowledge()).taskId());
            case RECONCILE -> reconcile(Objects.requireNonNull(in.reconcile()));
            default -> {
                // declined offers are not made again before the next REVIVE
            }
        }
    }

    private void accept(Call.Accept accept) throws IOException {
        for (Offer.Operation operation : accept.operations()) {
            for (TaskInfo task : Objects.requireNonNull(operation.launch()).taskInfos()) {
                update(task.taskId(), TaskState.TASK_RUNNING);
                launched.add(task);
            }
        }
    }

    private void reconcile(Call.Reconcile reconcile) throws IOException {
        List<TaskId> asked = new ArrayList<>();
        reconcile.tasks().forEach(task -> asked.add(task.taskId()));
        if (asked.isEmpty()) {
            asked.addAll(tasks.keySet());
        }
        for (TaskId task : asked) {
            TaskState state = tasks.getOrDefault(task, TaskState.TASK_GONE);
            send(status(task, state)
                    .reason(TaskStatus.Reason.REASON_RECONCILIATION)
                    .build());
        }
    }

    private void offer() throws IOException {
        if (suppressed) {
            return;
        }
        Offer offer = Offer.builder()
                .id(new OfferId("O" + offers++))
                .frameworkId(new FrameworkId("framework-0001"))
                .agentId(AGENT)
                .hostname("agent.example")
                .resources(List.of(scalar("cpus", 4), scalar("mem", 4096), scalar("disk", 10_000)))
                .attributes(List.of(new Attribute("rack", Value.Type.TEXT, null, null, null, new Value.Text("r1"))))
                .build();
        send(Event.builder()
                .type(Event.Type.OFFERS)
                .offers(new Event.Offers(List.of(offer)))
                .build());
    }

    private static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .role("*")
                .build();
    }

    private static TaskStatus.Builder status(TaskId task, TaskState state) {
        return TaskStatus.builder().taskId(task).state(state).agentId(AGENT);
    }

    private void send(TaskStatus status) throws IOException {
        send(Event.builder()
                .type(Event.Type.UPDATE)
                .update(new Event.Update(status))
                .build());
    }

    private void send(Event event) throws IOException {
        OutputStream out = Objects.requireNonNull(stream);
        out.write(RecordIo.frame(JsonCodec.v1().encode(event)));
        out.flush();
    }

    private static byte[] uuid() {
        UUID uuid = UUID.randomUUID();
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
