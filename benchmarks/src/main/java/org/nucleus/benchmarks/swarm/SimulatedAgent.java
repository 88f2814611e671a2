package org.nucleus.benchmarks.swarm;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.codec.JsonCodec;
import org.nucleus.wire.codec.RecordIo;

/**
 * Behaves to the master as an agent does: registers, comes back under its id, answers pings, and tells of each task's
 * STARTING, RUNNING and FINISHED, one after the other as they are acknowledged. Runs nothing.
 */
final class SimulatedAgent {
    private static final String PATH = "/agentlink/v1";
    private static final long RETRY_NANOS = 50_000_000;
    /** With more agents, two connections for each would be more than a process may open: their calls share a few. */
    private static final int OWN_LINKS_MOST = 4_000;

    private final Swarm swarm;
    private final int index;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TaskId, Running> running = new LinkedHashMap<>();
    private final List<Task> inventory = new ArrayList<>();
    private @Nullable AgentId id;
    private @Nullable FrameworkInfo framework;
    private volatile @Nullable Link link;
    private volatile @Nullable HttpWire wire;

    /** A stream that lives, and the way of its calls. */
    private record Link(String streamId, Calls calls) {}

    private static final class Running {
        private final FrameworkId framework;
        private final ExecutorId executor;
        private final Deque<TaskStatus> pending = new ArrayDeque<>();

        private Running(FrameworkId framework, ExecutorId executor) {
            this.framework = framework;
            this.executor = executor;
        }
    }

    SimulatedAgent(Swarm swarm, int index) {
        this.swarm = swarm;
        this.index = index;
    }

    /** Lives until the swarm ends. */
    void run() {
        while (!swarm.isClosed()) {
            try {
                live();
            } catch (IOException e) {
                swarm.disconnected(this);
                LockSupport.parkNanos(RETRY_NANOS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** From now on it has these tasks, of a framework that the master knows; told when it subscribes next. */
    void adopt(FrameworkInfo of, List<Task> tasks) {
        framework = of;
        inventory.addAll(tasks);
    }

    /** Ends the connection, so that it subscribes anew. */
    void reconnect() throws IOException {
        HttpWire open = wire;
        if (open != null) {
            open.close();
        }
    }

    @Nullable
    AgentId id() {
        return id;
    }

    int index() {
        return index;
    }

    private void live() throws IOException, InterruptedException {
        InetSocketAddress master = swarm.leader();
        try (HttpWire open = new HttpWire(master)) {
            wire = open;
            open.write(open.request(
                    PATH,
                    Map.of("Content-Type", "application/json", "Accept", "application/json"),
                    encode(AgentCall.subscribe(id, subscription()))));
            HttpWire.Head head = open.readHead();
            if (head.status() != 200) {
                throw new IOException("SUBSCRIBE was answered " + head.status());
            }
            String streamId = Objects.requireNonNull(head.headers().get("mesos-stream-id"));
            if (swarm.size() > OWN_LINKS_MOST) {
                link = new Link(streamId, swarm.callLink(this, master));
                read(open.chunks());
                return;
            }
            try (RecordLink own = new RecordLink(master, PATH, streamId)) {
                link = new Link(streamId, own);
                read(open.chunks());
            }
        } finally {
            link = null;
        }
    }

    private AgentCall.Subscribe subscription() {
        return new AgentCall.Subscribe(
                swarm.describe(index),
                "1.11.0",
                swarm.capabilities(),
                framework == null ? List.of() : List.of(framework),
                List.of(),
                inventory);
    }

    private void read(InputStream events) throws IOException {
        RecordIo.Reader records = new RecordIo.Reader(events, 16 << 20);
        for (byte[] record = records.next(); record != null; record = records.next()) {
            hear(JsonCodec.v1().decode(record, AgentEvent.class));
        }
        throw new IOException("The master ended the stream");
    }

    private void hear(AgentEvent event) {
        switch (event.type()) {
            case SUBSCRIBED -> {
                id = Objects.requireNonNull(event.subscribed()).agentId();
                swarm.subscribed(this);
            }
            case PING -> send(new AgentCall(AgentCall.Type.PONG, id, null, null, null, null, null));
            case RUN_TASK -> launch(Objects.requireNonNull(event.runTask()));
            case ACKNOWLEDGED -> acknowledged(Objects.requireNonNull(event.acknowledged()));
            default -> {
                // A benchmark's tasks are neither killed nor reconciled with their agents.
            }
        }
    }

    private void launch(AgentEvent.RunTask run) {
        TaskInfo task = run.task();
        FrameworkId owner = Objects.requireNonNull(run.frameworkInfo().id());
        Running started = new Running(owner, new ExecutorId(task.taskId().value()));
        lock.lock();
        try {
            running.put(task.taskId(), started);
            started.pending.add(status(task.taskId(), started, TaskState.TASK_STARTING));
            started.pending.add(status(task.taskId(), started, TaskState.TASK_RUNNING));
            sendHead(started);
        } finally {
            lock.unlock();
        }
        swarm.launched(this, task);
    }

    /** The task has done its work. */
    void finish(TaskId task) {
        lock.lock();
        try {
            Running ended = running.get(task);
            if (ended != null) {
                ended.pending.add(status(task, ended, TaskState.TASK_FINISHED));
                if (ended.pending.size() == 1) {
                    sendHead(ended);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void acknowledged(AgentEvent.Acknowledged acknowledged) {
        lock.lock();
        try {
            Running of = running.get(acknowledged.taskId());
            TaskStatus head = of == null ? null : of.pending.peek();
            if (of == null || head == null || !Objects.equals(acknowledged.uuid(), head.uuid())) {
                return;
            }
            of.pending.remove();
            if (head.state() == TaskState.TASK_FINISHED) {
                running.remove(acknowledged.taskId());
                swarm.countEnded();
            } else if (!of.pending.isEmpty()) {
                sendHead(of);
            }
        } finally {
            lock.unlock();
        }
    }

    private void sendHead(Running of) {
        TaskStatus head = Objects.requireNonNull(of.pending.peek());
        TaskState latest = Objects.requireNonNull(of.pending.peekLast()).state();
        send(AgentCall.update(
                Objects.requireNonNull(id), new AgentCall.Update(of.framework, head, latest, of.executor)));
    }

    private void send(AgentCall call) {
        Link to = link;
        if (to != null) {
            to.calls().send(to.streamId(), encode(call));
        }
    }

    private TaskStatus status(TaskId task, Running of, TaskState state) {
        var random = ThreadLocalRandom.current();
        byte[] uuid = ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        return TaskStatus.builder()
                .taskId(task)
                .state(state)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .agentId(id)
                .executorId(of.executor)
                .timestamp(System.currentTimeMillis() / 1000.0)
                .uuid(Bytes.of(uuid))
                .build();
    }

    private static byte[] encode(Record message) {
        return JsonCodec.v1().encode(message);
    }
}
