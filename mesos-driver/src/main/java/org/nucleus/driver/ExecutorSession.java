package org.nucleus.driver;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.mesos.Protos.Status;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code MesosExecutorDriver} does: an executor's subscription to its agent over the v1 executor API, its
 * updates until they are acknowledged, and its callbacks, all on one thread and in order. Thread-safe. Source:
 * exec/exec.cpp.
 */
public final class ExecutorSession {
    private static final Logger log = LoggerFactory.getLogger(ExecutorSession.class);
    private static final Duration LAST_CALLS_MOST = Duration.ofSeconds(5);

    private final Map<String, String> variables;
    private final ExecutorCallbacks executor;
    private final Runnable kill;
    private final CallbackThread callbacks = new CallbackThread("mesos-executor-driver", this::failed);
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mesos-executor-timers").daemon().factory());
    private final DriverLife life = new DriverLife();
    private final ReentrantLock lock = new ReentrantLock();
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private @Nullable Connected connected;
    private boolean subscribed;
    private boolean everSubscribed;
    private boolean shutDown;
    private int subscriptions;

    /** Known from the start on. */
    private record Connected(ExecutorEnvironment environment, AgentLink link) {}

    /**
     * @param variables the environment, read when the driver starts
     * @param kill ends this process and those it started, when the grace of a shutdown is over
     */
    public ExecutorSession(Map<String, String> variables, ExecutorCallbacks executor, Runnable kill) {
        this.variables = variables;
        this.executor = executor;
        this.kill = kill;
    }

    /** @throws IllegalStateException if this process was not started by an agent */
    public Status start() {
        lock.lock();
        try {
            if (life.status() == Status.DRIVER_NOT_STARTED) {
                ExecutorEnvironment environment = ExecutorEnvironment.of(variables);
                AgentLink link = new AgentLink(environment, new Hearing());
                connected = new Connected(environment, link);
                life.start();
                callbacks.start();
                link.start();
            }
            return life.status();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the agent has answered the last updates, or doesn't in a few seconds. */
    public Status stop() {
        boolean aborted;
        lock.lock();
        try {
            aborted = life.isAborted();
            if (!life.stop()) {
                return life.status();
            }
        } finally {
            lock.unlock();
        }
        if (connected != null) {
            close(connected.link());
        }
        return aborted ? Status.DRIVER_ABORTED : Status.DRIVER_STOPPED;
    }

    public Status abort() {
        if (life.abort()) {
            callbacks.add(life::end);
        }
        return life.status();
    }

    public Status join() {
        return life.join();
    }

    /** Completes and sends {@code given}, now or when subscribed, again until the agent acknowledges it. */
    public Status update(TaskStatus given) {
        lock.lock();
        try {
            if (!life.isRunning() || connected == null) {
                return life.status();
            }
            if (given.state() == TaskState.TASK_STAGING) {
                callbacks.add(() -> onError("Attempted to send TASK_STAGING status update"));
                return life.status();
            }
            Bytes uuid = randomUuid();
            TaskStatus status = given.toBuilder()
                    .uuid(uuid)
                    .timestamp(Instant.now().toEpochMilli() / 1000.0)
                    .source(TaskStatus.Source.SOURCE_EXECUTOR)
                    .executorId(connected.environment().executorId())
                    .agentId(connected.environment().agentId())
                    .build();
            unacknowledged.updated(status, uuid);
            if (subscribed) {
                send(connected.link(), status);
            }
            return life.status();
        } finally {
            lock.unlock();
        }
    }

    /** Best effort: lost if not subscribed. */
    public Status message(byte[] data) {
        lock.lock();
        try {
            if (life.isRunning() && subscribed && connected != null) {
                AgentLink link = connected.link();
                link.send(link.call(Call.Type.MESSAGE)
                        .message(new Call.Message(Bytes.of(data)))
                        .build());
            }
            return life.status();
        } finally {
            lock.unlock();
        }
    }

    /** Outside the lock: what was sent last may need a moment. */
    private void close(AgentLink link) {
        try {
            if (!link.awaitAnswered(LAST_CALLS_MOST)) {
                log.atWarn().log("Stopped before the agent had answered the last updates");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
        callbacks.finish(life::end);
    }

    private static void send(AgentLink link, TaskStatus status) {
        link.send(link.call(Call.Type.UPDATE).update(new Call.Update(status)).build());
    }

    private static Bytes randomUuid() {
        UUID uuid = UUID.randomUUID();
        return Bytes.of(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** What the link hears. Launches and acknowledgements count from here on, also while callbacks are behind. */
    private final class Hearing implements AgentLink.Listener {
        @Override
        public Call.Subscribe unacknowledged() {
            lock.lock();
            try {
                return unacknowledged.subscribe();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void subscribed(Event.Subscribed event) {
            boolean again;
            lock.lock();
            try {
                again = everSubscribed;
                everSubscribed = true;
                subscribed = true;
                subscriptions++;
                if (connected != null) {
                    AgentLink link = connected.link();
                    unacknowledged.untold().forEach(status -> send(link, status));
                }
            } finally {
                lock.unlock();
            }
            callbacks.deliver(() -> onSubscribed(event, again));
        }

        @Override
        public void received(Event event) {
            if (event.launch() != null) {
                launched(event.launch().task());
            } else if (event.launchGroup() != null) {
                event.launchGroup().taskGroup().tasks().forEach(this::launched);
            } else if (event.acknowledged() != null) {
                acknowledged(event.acknowledged());
            } else {
                callbacks.deliver(() -> onEvent(event));
            }
        }

        private void launched(TaskInfo task) {
            boolean isNew;
            lock.lock();
            try {
                isNew = unacknowledged.launched(task);
            } finally {
                lock.unlock();
            }
            if (isNew) {
                callbacks.deliver(() -> ifListening(() -> executor.launchTask(task)));
            } else {
                log.atWarn().addKeyValue("task", task.taskId()).log("Ignored a second launch of a task");
            }
        }

        private void acknowledged(Event.Acknowledged event) {
            lock.lock();
            try {
                unacknowledged.acknowledged(event);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void disconnected(String reason) {
            onLinkLost(reason);
        }

        @Override
        public void refused(String message) {
            callbacks.deliver(() -> onError(message));
        }
    }

    /**
     * A checkpointing executor waits for its agent's return; any other, or one that never was subscribed, shuts down.
     */
    private void onLinkLost(String reason) {
        boolean lost;
        int subscription;
        Connected now;
        lock.lock();
        try {
            lost = subscribed;
            subscribed = false;
            subscription = subscriptions;
            now = connected;
        } finally {
            lock.unlock();
        }
        if (now == null) {
            return;
        }
        if (!life.isRunning()) {
            now.link().close();
        } else if (!now.environment().checkpoint() || !everSubscribed()) {
            log.atInfo().log("The agent is gone ({}); shutting down", reason);
            now.link().close();
            callbacks.deliver(this::onShutdown);
        } else if (lost) {
            Duration most = now.environment().recoveryTimeout();
            log.atInfo().addKeyValue("most", most).log("The agent is gone ({}); waiting for its return", reason);
            callbacks.deliver(() -> ifListening(executor::disconnected));
            after(most, () -> callbacks.add(() -> onRecoveryTimeout(subscription)));
        }
    }

    private void onRecoveryTimeout(int subscription) {
        boolean stillGone;
        lock.lock();
        try {
            stillGone = !subscribed && subscriptions == subscription;
        } finally {
            lock.unlock();
        }
        if (stillGone && connected != null) {
            log.atInfo().log("The agent did not return in time; shutting down");
            connected.link().close();
            onShutdown();
        }
    }

    private void onSubscribed(Event.Subscribed event, boolean again) {
        ifListening(() -> {
            if (again) {
                executor.reregistered(event.agentInfo());
            } else {
                executor.registered(event);
            }
        });
    }

    private void onEvent(Event event) {
        if (event.type() == Event.Type.SHUTDOWN) {
            onShutdown();
        } else if (event.kill() != null) {
            TaskId task = event.kill().taskId();
            ifListening(() -> executor.killTask(task));
        } else if (event.message() != null) {
            byte[] data = event.message().data().toByteArray();
            ifListening(() -> executor.frameworkMessage(data));
        } else if (event.error() != null) {
            onError(event.error().message());
        }
    }

    /** Nothing is heard after it, but the driver runs until stopped, so that last updates are sent. */
    private void onShutdown() {
        ifListening(() -> {
            shutDown = true;
            if (connected != null && !connected.environment().local()) {
                after(connected.environment().shutdownGrace(), kill);
            }
            executor.shutdown();
        });
    }

    private void onError(String message) {
        if (life.isRunning()) {
            abort();
            executor.error(message);
        }
    }

    /** For the thread of the callbacks. */
    private void ifListening(Runnable callback) {
        if (life.isRunning() && !shutDown) {
            callback.run();
        }
    }

    private boolean everSubscribed() {
        lock.lock();
        try {
            return everSubscribed;
        } finally {
            lock.unlock();
        }
    }

    private void after(Duration delay, Runnable then) {
        var unused = timers.schedule(then, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A callback threw: as in the original, that ends the driver. */
    private void failed(Throwable thrown) {
        log.atError().setCause(thrown).log("A callback of the executor failed; the driver aborts");
        abort();
    }
}
