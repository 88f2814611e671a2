package org.nucleus.scheduler;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Credential;
import org.nucleus.access.Mechanism;
import org.nucleus.detection.MasterDetector;
import org.nucleus.detection.MasterDetector.Leader;
import org.nucleus.wire.codec.BadMessage;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A framework's connection to whichever master leads: detects it, subscribes, and subscribes again whenever the stream
 * ends, five heartbeats are missed or another master leads. Calls go out in order; a call made while not subscribed is
 * not sent, since the framework reconciles after each subscription anyway.
 */
public final class SchedulerClient implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SchedulerClient.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MOST = Duration.ofSeconds(5);
    private static final int CALLBACKS_MOST = 8_192;

    private final MasterDetector detector;
    private final MasterConnector connector;
    private final Listener listener;
    private final BlockingQueue<Runnable> callbacks = new ArrayBlockingQueue<>(CALLBACKS_MOST);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition leaderChanged = lock.newCondition();
    private Optional<Leader> leader = Optional.empty();
    private @Nullable Subscription subscription;
    private volatile boolean closed;
    private @Nullable Thread connecting;
    private @Nullable Thread calling;

    /**
     * @param master {@code zk://…} or {@code host:port}
     * @param credential who the framework is; empty if the master asks for nothing
     */
    public record Settings(String master, Optional<Credential> credential, Mechanism mechanism) {}

    /** What a framework hears. Called in order, on one thread; calls may be sent from within. */
    public interface Listener {
        /** Subscribed, for the first time or again: what was believed about offers and tasks is to be reconciled. */
        void subscribed(Event.Subscribed event);

        /** Any other event but heartbeats. After an ERROR the client doesn't subscribe again. */
        void received(Event event);

        /** The subscription ended: outstanding offers are void. The client is already trying to get another. */
        void disconnected(String reason);

        /** The master refused {@code call} with an HTTP status; SUBSCRIBE is tried again, others are not. */
        void refused(int status, String message, Call call);

        /** The master lives. */
        default void heartbeat() {}
    }

    public SchedulerClient(Settings settings, Listener listener) {
        this.detector = MasterDetector.of(settings.master());
        this.connector = new MasterConnector(settings.credential(), settings.mechanism());
        this.listener = listener;
    }

    /** Starts to subscribe, with what {@code subscribe} gives at each try. */
    public void start(Supplier<Call.Subscribe> subscribe) {
        calling = Thread.ofPlatform().name("scheduler-callbacks").daemon().start(this::callBack);
        connecting = Thread.ofPlatform().name("scheduler-client").daemon().start(() -> stayConnected(subscribe));
        detector.start(this::follow);
    }

    /** Queues {@code call}, its framework id filled in; false if not subscribed now or too many calls wait. */
    public boolean send(Call call) {
        lock.lock();
        try {
            return subscription != null && subscription.send(call);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the master has answered every call sent so far, but no longer than {@code most} or until the
     * subscription ends; true in the first case. Who closes the client after it has left nothing unsaid.
     */
    public boolean awaitAnswered(Duration most) throws InterruptedException {
        Subscription now;
        lock.lock();
        try {
            now = subscription;
        } finally {
            lock.unlock();
        }
        return now == null || now.awaitAnswered(most);
    }

    public boolean isSubscribed() {
        lock.lock();
        try {
            return subscription != null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection without a word to the master: to it the framework is disconnected, not gone. */
    @Override
    public void close() {
        closed = true;
        detector.close();
        lock.lock();
        try {
            if (subscription != null) {
                subscription.close();
            }
        } finally {
            lock.unlock();
        }
        if (connecting != null) {
            connecting.interrupt();
        }
        if (calling != null) {
            calling.interrupt();
        }
        connector.close();
    }

    private void follow(Optional<Leader> now) {
        lock.lock();
        try {
            leader = now;
            leaderChanged.signalAll();
            if (subscription != null && now.isPresent() && !now.get().equals(subscription.master())) {
                subscription.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stayConnected(Supplier<Call.Subscribe> subscribe) {
        Backoff backoff = new Backoff(RETRY_FIRST, RETRY_MOST, new Random());
        try {
            while (!closed) {
                if (once(awaitLeader(), subscribe)) {
                    backoff.reset();
                }
                if (!closed) {
                    pause(backoff.next());
                }
            }
        } catch (InterruptedException e) {
            if (!closed) {
                log.atError().setCause(e).log("The scheduler client was interrupted");
            }
        }
    }

    /** One subscription from its first try to its end; true if it was one. */
    private boolean once(Leader master, Supplier<Call.Subscribe> subscribe) throws InterruptedException {
        Call call = subscribeCall(subscribe.get());
        Subscription made;
        try {
            made = connector.subscribe(master, call, (status, message, of) -> refused(status, message, of));
        } catch (MasterConnector.Refused e) {
            log.atInfo()
                    .addKeyValue("master", master)
                    .addKeyValue("status", e.status())
                    .log("Subscription refused: {}", e.getMessage());
            refused(e.status(), String.valueOf(e.getMessage()), call);
            return false;
        } catch (IOException e) {
            log.atInfo().addKeyValue("master", master).log("Could not reach the master: {}", e.toString());
            return false;
        }
        return read(made);
    }

    private boolean read(Subscription made) throws InterruptedException {
        boolean subscribed = false;
        String reason = "The master closed the stream";
        try (made) {
            for (Event event = made.next(); event != null; event = made.next()) {
                subscribed |= event.type() == Event.Type.SUBSCRIBED;
                hear(made, event);
            }
        } catch (IOException | BadMessage e) {
            reason = made.endedBecause().orElse(String.valueOf(e.getMessage()));
        }
        setSubscription(null);
        String because = reason;
        if (subscribed) {
            call(() -> listener.disconnected(because));
        }
        return subscribed;
    }

    private void hear(Subscription from, Event event) throws InterruptedException {
        Event.Type type = event.type();
        if (type == null || type == Event.Type.UNKNOWN) {
            return;
        }
        if (type == Event.Type.HEARTBEAT) {
            call(listener::heartbeat);
            return;
        }
        if (type == Event.Type.SUBSCRIBED && event.subscribed() != null) {
            Event.Subscribed subscribed = event.subscribed();
            from.established(subscribed);
            setSubscription(from);
            call(() -> listener.subscribed(subscribed));
            return;
        }
        if (type == Event.Type.ERROR) {
            closed = true;
        }
        call(() -> listener.received(event));
    }

    private void setSubscription(@Nullable Subscription now) {
        lock.lock();
        try {
            subscription = now;
        } finally {
            lock.unlock();
        }
    }

    private Leader awaitLeader() throws InterruptedException {
        lock.lock();
        try {
            while (leader.isEmpty()) {
                leaderChanged.await();
            }
            return leader.get();
        } finally {
            lock.unlock();
        }
    }

    /** Pauses, but no longer than until another master leads. */
    private void pause(Duration pause) throws InterruptedException {
        lock.lock();
        try {
            Optional<Leader> before = leader;
            long left = pause.toNanos();
            while (left > 0 && leader.equals(before)) {
                left = leaderChanged.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private static Call subscribeCall(Call.Subscribe subscribe) {
        return Call.builder()
                .type(Call.Type.SUBSCRIBE)
                .frameworkId(subscribe.frameworkInfo().id())
                .subscribe(subscribe)
                .build();
    }

    private void refused(int status, String message, Call of) throws InterruptedException {
        call(() -> listener.refused(status, message, of));
    }

    private void call(Runnable callback) throws InterruptedException {
        callbacks.put(callback);
    }

    private void callBack() {
        try {
            while (true) {
                callbacks.take().run();
            }
        } catch (InterruptedException e) {
            if (!closed) {
                log.atError().setCause(e).log("The callbacks were interrupted");
            }
        }
    }
}
