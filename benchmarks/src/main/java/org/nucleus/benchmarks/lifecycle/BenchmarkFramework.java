package org.nucleus.benchmarks.lifecycle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Resources;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/** A framework that runs batches of equal command tasks as fast as it is offered room, and keeps offers while idle. */
final class BenchmarkFramework implements SchedulerClient.Listener, AutoCloseable {
    private static final double CPUS = 0.01;
    private static final double MEM = 1;

    private final SchedulerClient client;
    private final String user;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<OfferId, Offer> held = new LinkedHashMap<>();
    private final AtomicReference<@Nullable Batch> current = new AtomicReference<>();
    private int launched;

    /** One batch: how many tasks are still to be launched, and when each was launched, ran, and ended. */
    static final class Batch {
        private final Deque<TaskId> waiting = new ArrayDeque<>();
        private final Map<TaskId, Long> acceptedNanos = new LinkedHashMap<>();
        private final List<Double> runningMillis = new ArrayList<>();
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int unfinished;
        private int failed;

        List<Double> runningMillis() {
            return runningMillis;
        }

        int failed() {
            return failed;
        }
    }

    BenchmarkFramework(SchedulerClient.Settings settings, String user) {
        this.user = user;
        this.client = new SchedulerClient(settings, this);
    }

    void start(String principal) throws InterruptedException {
        FrameworkInfo info = FrameworkInfo.builder()
                .user(user)
                .name("lifecycle-benchmark")
                .principal(principal.isEmpty() ? null : principal)
                .build();
        client.start(() -> new Call.Subscribe(info, List.of(), null));
        if (!subscribed.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Could not subscribe within a minute");
        }
    }

    /** Runs {@code count} tasks of {@code sh -c true}; returns when the last terminal update is acknowledged. */
    Batch run(int count) throws Exception {
        Batch batch = new Batch();
        lock.lock();
        try {
            for (int i = 0; i < count; i++) {
                batch.waiting.add(new TaskId("bench-" + launched++));
            }
            batch.unfinished = count;
            current.set(batch);
            useOffers(batch);
        } finally {
            lock.unlock();
        }
        batch.done.get(120, TimeUnit.SECONDS);
        return batch;
    }

    private void useOffers(Batch batch) {
        while (!batch.waiting.isEmpty() && !held.isEmpty()) {
            accept(held.pollFirstEntry().getValue(), batch);
        }
    }

    @Override
    public void subscribed(Event.Subscribed event) {
        subscribed.countDown();
    }

    @Override
    public void received(Event event) {
        lock.lock();
        try {
            switch (Objects.requireNonNull(event.type())) {
                case OFFERS -> offered(Objects.requireNonNull(event.offers()).offers());
                case RESCIND ->
                    held.remove(Objects.requireNonNull(event.rescind()).offerId());
                case UPDATE -> updated(Objects.requireNonNull(event.update()).status());
                case ERROR -> throw new IllegalStateException("The master ended us: " + event.error());
                default -> {
                    // Messages and failures don't concern a benchmark of tasks.
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void offered(List<Offer> offers) {
        offers.forEach(offer -> held.put(offer.id(), offer));
        Batch batch = current.get();
        if (batch != null) {
            useOffers(batch);
        }
    }

    private void accept(Offer offer, Batch batch) {
        Resources resources = Resources.of(offer.resources());
        long fit = Math.min(
                resources.thousandths("cpus") / Math.round(CPUS * 1000),
                resources.thousandths("mem") / Math.round(MEM * 1000));
        List<TaskInfo> tasks = new ArrayList<>();
        long now = System.nanoTime();
        while (tasks.size() < fit && !batch.waiting.isEmpty()) {
            TaskId id = batch.waiting.remove();
            batch.acceptedNanos.put(id, now);
            tasks.add(task(id, offer));
        }
        Offer.Operation launch = Offer.Operation.builder()
                .type(Offer.Operation.Type.LAUNCH)
                .launch(new Offer.Operation.Launch(tasks))
                .build();
        client.send(Call.builder()
                .type(Call.Type.ACCEPT)
                .accept(new Call.Accept(List.of(offer.id()), List.of(launch), new Filters(0)))
                .build());
    }

    private static TaskInfo task(TaskId id, Offer offer) {
        return TaskInfo.builder()
                .name("bench")
                .taskId(id)
                .agentId(offer.agentId())
                .resources(List.of(scalar("cpus", CPUS), scalar("mem", MEM)))
                .command(CommandInfo.builder().value("true").build())
                .build();
    }

    private static Resource scalar(String name, double value) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(value))
                .build();
    }

    private void updated(TaskStatus status) {
        if (status.uuid() != null) {
            client.send(Call.builder()
                    .type(Call.Type.ACKNOWLEDGE)
                    .acknowledge(new Call.Acknowledge(
                            Objects.requireNonNull(status.agentId()), status.taskId(), status.uuid()))
                    .build());
        }
        Batch batch = current.get();
        Long accepted = batch == null ? null : batch.acceptedNanos.get(status.taskId());
        if (batch == null || accepted == null) {
            return;
        }
        if (status.state() == TaskState.TASK_RUNNING) {
            batch.runningMillis.add((System.nanoTime() - accepted) / 1e6);
        } else if (status.state() != TaskState.TASK_STARTING && status.state() != TaskState.TASK_STAGING) {
            ended(batch, status);
        }
    }

    private static void ended(Batch batch, TaskStatus status) {
        batch.acceptedNanos.remove(status.taskId());
        if (status.state() != TaskState.TASK_FINISHED) {
            batch.failed++;
            System.err.println(status.taskId() + ": " + status.state() + " " + status.message());
        }
        if (--batch.unfinished == 0) {
            batch.done.complete(null);
        }
    }

    @Override
    public void disconnected(String reason) {
        lock.lock();
        try {
            held.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused(int status, String message, Call call) {
        System.err.println(call.type() + " was answered " + status + ": " + message);
    }

    @Override
    public void close() {
        client.send(Call.builder().type(Call.Type.TEARDOWN).build());
        client.close();
    }
}
