package org.nucleus.benchmarks.swarm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** A framework over {@code /api/v1/scheduler}, without authentication: one stream, one connection for its calls. */
public final class SimulatedFramework implements AutoCloseable {
    private static final String PATH = "/api/v1/scheduler";
    private static final int EVENT_BYTES_MOST = 256 << 20;

    private final FrameworkInfo info;
    private final Behaviour behaviour;
    private final HttpWire wire;
    private final CallLink calls;
    private final String streamId;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final AtomicLong launched = new AtomicLong();
    private volatile @Nullable FrameworkId id;
    private volatile @Nullable IOException ended;

    /** What a framework does with what it hears, on the thread that reads its stream. */
    public interface Behaviour {
        void offered(SimulatedFramework framework, List<Offer> offers);

        /** The update was acknowledged already. */
        void updated(SimulatedFramework framework, TaskStatus status);
    }

    public SimulatedFramework(InetSocketAddress master, FrameworkInfo info, Behaviour behaviour) throws IOException {
        this.info = info;
        this.behaviour = behaviour;
        this.wire = new HttpWire(master);
        wire.write(wire.request(
                PATH,
                Map.of("Content-Type", "application/json", "Accept", "application/json"),
                JsonCodec.v1()
                        .encode(Call.builder()
                                .type(Call.Type.SUBSCRIBE)
                                .frameworkId(info.id())
                                .subscribe(new Call.Subscribe(info, List.of(), null))
                                .build())));
        HttpWire.Head head = wire.readHead();
        if (head.status() != 200) {
            throw new IOException("SUBSCRIBE was answered " + head.status());
        }
        this.streamId = Objects.requireNonNull(head.headers().get("mesos-stream-id"));
        this.calls = new CallLink(master, PATH);
        Thread.ofPlatform().name("framework-" + info.name()).daemon().start(this::read);
    }

    public SimulatedFramework awaitSubscribed(Duration most) throws InterruptedException {
        if (!subscribed.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Framework " + info.name() + " is not subscribed after " + most);
        }
        return this;
    }

    public FrameworkId id() {
        return Objects.requireNonNull(id, "not subscribed yet");
    }

    /** Its description with the id that the master gave it. */
    public FrameworkInfo description() {
        return info.toBuilder().id(id()).build();
    }

    public void send(Call.Builder call) {
        calls.send(streamId, JsonCodec.v1().encode(call.frameworkId(id()).build()));
    }

    /** Uses {@code offer} for these tasks; what is left of it may be offered again at once. */
    public void accept(Offer offer, List<TaskInfo> tasks) {
        var launch = Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(tasks))
                .build();
        send(Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(List.of(offer.id()), List.of(launch), new Filters(0))));
    }

    /** {@code count} tasks for {@code offer}, of {@code cpus} and {@code mem} each, with names never used before. */
    public List<TaskInfo> tasks(Offer offer, int count, double cpus, double mem) {
        List<TaskInfo> tasks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tasks.add(TaskInfo.builder()
                    .name("simulated")
                    .taskId(new TaskId(info.name() + "-" + launched.incrementAndGet()))
                    .agentId(offer.agentId())
                    .resources(List.of(SimulatedTasks.scalar("cpus", cpus, ""), SimulatedTasks.scalar("mem", mem, "")))
                    .command(CommandInfo.builder().value("true").build())
                    .build());
        }
        return tasks;
    }

    public void decline(List<Offer> offers, double refuseSeconds) {
        send(Call.builder()
                .type(Call.Type.DECLINE)
                .decline(new Call.Decline(offers.stream().map(Offer::id).toList(), new Filters(refuseSeconds))));
    }

    /** What ended the stream or was refused; null if nothing. */
    public @Nullable String trouble() {
        return ended != null ? String.valueOf(ended) : calls.refusal();
    }

    private void read() {
        try {
            RecordIo.Reader records = new RecordIo.Reader(wire.chunks(), EVENT_BYTES_MOST);
            for (byte[] record = records.next(); record != null; record = records.next()) {
                hear(JsonCodec.v1().decode(record, Event.class));
            }
            ended = new IOException("The master ended the stream");
        } catch (IOException e) {
            ended = e;
        }
    }

    private void hear(Event event) {
        switch (Objects.requireNonNull(event.type())) {
            case SUBSCRIBED -> {
                id = Objects.requireNonNull(event.subscribed()).frameworkId();
                subscribed.countDown();
            }
            case OFFERS ->
                behaviour.offered(this, Objects.requireNonNull(event.offers()).offers());
            case UPDATE -> updated(Objects.requireNonNull(event.update()).status());
            case ERROR -> ended = new IOException("The master said: " + event.error());
            default -> {
                // Rescinded offers are answered with lost tasks when used; nothing else concerns a benchmark.
            }
        }
    }

    private void updated(TaskStatus status) {
        if (status.uuid() != null) {
            send(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(
                            Objects.requireNonNull(status.agentId()), status.taskId(), status.uuid())));
        }
        behaviour.updated(this, status);
    }

    /** Tears the framework down. */
    @Override
    public void close() throws IOException {
        if (ended == null && id != null) {
            send(Call.builder().type(Call.Type.TEARDOWN));
            Waiting.until(() -> calls.unanswered() == 0 || calls.refusal() != null, Duration.ofSeconds(10));
        }
        calls.close();
        wire.close();
    }
}
