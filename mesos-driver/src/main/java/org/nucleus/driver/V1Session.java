package org.nucleus.driver;

import static org.nucleus.driver.OriginalMessages.toOriginal;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.apache.mesos.v1.scheduler.Mesos;
import org.apache.mesos.v1.scheduler.Protos;
import org.apache.mesos.v1.scheduler.Scheduler;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Credential;
import org.nucleus.access.Mechanism;
import org.nucleus.detection.MasterDetector;
import org.nucleus.scheduler.Backoff;
import org.nucleus.scheduler.SchedulerClient;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@code V1Mesos} does: says when a master is there, passes the scheduler's calls on, and the master's events
 * back, all callbacks on one thread and in order. The scheduler subscribes by itself after each {@code connected}.
 * Thread-safe. Source: scheduler/scheduler.cpp.
 */
public final class V1Session {
    private static final Logger log = LoggerFactory.getLogger(V1Session.class);
    private static final Duration LAST_CALL_MOST = Duration.ofSeconds(10);
    private static final Duration RECONNECT_FIRST = Duration.ofMillis(100);
    private static final Duration RECONNECT_MOST = Duration.ofSeconds(5);

    private final Settings settings;
    private final Scheduler scheduler;
    private final Mesos mesos;
    private final CallbackThread callbacks = new CallbackThread("mesos-v1-scheduler", this::failed);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("mesos-v1-reconnect").daemon().factory());
    private final MasterDetector detector;
    private final Backoff backoff = new Backoff(RECONNECT_FIRST, RECONNECT_MOST, new Random());
    private final ReentrantLock lock = new ReentrantLock();
    private boolean masterKnown;
    private boolean connected;
    private Call.@Nullable Subscribe subscribe;
    private @Nullable Attempt attempt;
    private @Nullable FrameworkId framework;

    /**
     * @param master as {@link MasterAddress} takes it
     * @param subscribing what becomes of the scheduler's SUBSCRIBE before it is sent
     */
    public record Settings(String master, Optional<Credential> credential, UnaryOperator<Call.Subscribe> subscribing) {}

    /** @throws IllegalArgumentException if the master's address has none of the known forms */
    public V1Session(Settings settings, Scheduler scheduler, Mesos mesos) {
        this.settings =
                new Settings(MasterAddress.resolve(settings.master()), settings.credential(), settings.subscribing());
        this.scheduler = scheduler;
        this.mesos = mesos;
        this.detector = MasterDetector.of(this.settings.master());
    }

    public void start() {
        callbacks.start();
        detector.start(leader -> callbacks.deliver(() -> onLeader(leader.isPresent())));
    }

    /** Sends a call, or drops it if the scheduler is not connected, or not subscribed and it isn't SUBSCRIBE. */
    public void send(byte[] bytes) {
        Call call = OriginalMessages.toWire(bytes, Call.class);
        Attempt now;
        lock.lock();
        try {
            if (call.subscribe() != null && connected) {
                subscribe = call.subscribe();
                if (attempt == null) {
                    attempt = new Attempt();
                    attempt.client.start(this::subscribe);
                }
                return;
            }
            now = attempt;
        } finally {
            lock.unlock();
        }
        if (now == null || !now.client.send(call)) {
            log.atWarn().addKeyValue("call", call.type()).log("Dropped a call while not subscribed");
        } else if (call.type() == Call.Type.TEARDOWN) {
            awaitAnswered(now);
        }
    }

    /** Gives the subscription up, and starts again from {@code disconnected}. */
    public void reconnect() {
        callbacks.add(() -> {
            Attempt now = current();
            if (now != null) {
                onDisconnected(now);
            }
        });
    }

    /** The framework's id, once a master has given or confirmed one. */
    public Optional<FrameworkId> framework() {
        lock.lock();
        try {
            return Optional.ofNullable(framework);
        } finally {
            lock.unlock();
        }
    }

    /** One SUBSCRIBE of the scheduler: tried until there is a subscription, and over when that ends. */
    private final class Attempt implements SchedulerClient.Listener {
        private final SchedulerClient client = new SchedulerClient(
                new SchedulerClient.Settings(settings.master(), settings.credential(), Mechanism.CRAM_MD5), this);

        @Override
        public void subscribed(Event.Subscribed event) {
            deliver(Event.builder()
                    .type(Event.Type.SUBSCRIBED)
                    .subscribed(event)
                    .build());
        }

        @Override
        public void received(Event event) {
            deliver(event);
        }

        @Override
        public void heartbeat() {
            deliver(Event.builder().type(Event.Type.HEARTBEAT).build());
        }

        @Override
        public void disconnected(String reason) {
            callbacks.deliver(() -> onDisconnected(this));
        }

        @Override
        public void refused(int status, String message, Call call) {
            callbacks.deliver(() -> onRefused(this, status, message, call));
        }

        private void deliver(Event event) {
            callbacks.deliver(() -> onEvent(this, event));
        }
    }

    private Call.Subscribe subscribe() {
        Call.Subscribe now;
        lock.lock();
        try {
            now = subscribe;
        } finally {
            lock.unlock();
        }
        if (now == null) {
            throw new IllegalStateException("Subscribing although the scheduler has not asked for it");
        }
        return settings.subscribing().apply(now);
    }

    private void awaitAnswered(Attempt now) {
        try {
            if (!now.client.awaitAnswered(LAST_CALL_MOST)) {
                log.atWarn().log("The master has not answered TEARDOWN");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onLeader(boolean known) {
        lock.lock();
        try {
            masterKnown = known;
            if (attempt != null || connected == known) {
                return;
            }
            connected = known;
        } finally {
            lock.unlock();
        }
        if (known) {
            scheduler.connected(mesos);
        } else {
            scheduler.disconnected(mesos);
        }
    }

    private void onEvent(Attempt from, Event event) {
        lock.lock();
        try {
            if (attempt != from) {
                return;
            }
            if (event.subscribed() != null) {
                framework = event.subscribed().frameworkId();
                backoff.reset();
            }
        } finally {
            lock.unlock();
        }
        scheduler.received(mesos, toOriginal(event, Protos.Event::parseFrom));
        if (event.type() == Event.Type.ERROR) {
            onDisconnected(from);
        }
    }

    private void onDisconnected(Attempt from) {
        lock.lock();
        try {
            if (attempt != from) {
                return;
            }
            attempt = null;
            connected = false;
        } finally {
            lock.unlock();
        }
        from.client.close();
        scheduler.disconnected(mesos);
        var unused = timer.schedule(
                () -> callbacks.add(this::onReconnect), backoff.next().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void onReconnect() {
        lock.lock();
        try {
            if (!masterKnown || connected) {
                return;
            }
            connected = true;
        } finally {
            lock.unlock();
        }
        scheduler.connected(mesos);
    }

    /**
     * Statuses that pass with time are only logged; others become an ERROR, after which the scheduler may try again.
     */
    private void onRefused(Attempt from, int status, String message, Call call) {
        log.atInfo().addKeyValue("status", status).log("The master answered {}: {}", call.type(), message);
        if (status == 0 || status == 307 || status == 404 || status == 503) {
            return;
        }
        lock.lock();
        try {
            if (attempt != from) {
                return;
            }
            if (call.type() == Call.Type.SUBSCRIBE) {
                attempt = null;
                from.client.close();
            }
        } finally {
            lock.unlock();
        }
        Event error = Event.builder()
                .type(Event.Type.ERROR)
                .error(new Event.Error("Received unexpected '" + status + "' (" + message + ") for " + call.type()))
                .build();
        scheduler.received(mesos, toOriginal(error, Protos.Event::parseFrom));
    }

    private @Nullable Attempt current() {
        lock.lock();
        try {
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    /** A callback threw: nothing more is heard or sent. The original ends the process. */
    private void failed(Throwable thrown) {
        log.atError().setCause(thrown).log("A callback of the scheduler failed; it is disconnected for good");
        Attempt last = current();
        if (last != null) {
            last.client.close();
        }
        detector.close();
        callbacks.finish(() -> log.atInfo().log("No more callbacks"));
    }
}
