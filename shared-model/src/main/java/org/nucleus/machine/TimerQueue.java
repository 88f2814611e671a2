package org.nucleus.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The alarm clock of one machine: {@link #wake} sets a key's alarm, replacing an earlier one of that key; when it is due,
 * the key is handed to {@code onFired}, once, on the queue's own thread.
 *
 * @param <K> a value with equality
 */
public final class TimerQueue<K> implements AutoCloseable {
    /** The clock may be set while we wait: look at it at least this often. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Consumer<K> onFired;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<K, Alarm<K>> current = new HashMap<>();
    private final PriorityQueue<Alarm<K>> alarms = new PriorityQueue<>();
    private final Thread thread;
    private long sequence;
    private boolean closed;

    private record Alarm<K>(K key, Instant due, long order) implements Comparable<Alarm<K>> {
        @Override
        public int compareTo(Alarm<K> other) {
            int byDue = due.compareTo(other.due);
            return byDue != 0 ? byDue : Long.compare(order, other.order);
        }
    }

    public TimerQueue(String name, InstantSource clock, Consumer<K> onFired) {
        this.clock = clock;
        this.onFired = onFired;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void wake(K key, Instant due) {
        lock.lock();
        try {
            Alarm<K> alarm = new Alarm<>(key, due, sequence++);
            current.put(key, alarm);
            alarms.add(alarm);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    public void cancel(K key) {
        lock.lock();
        try {
            current.remove(key);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (K key = next(); key != null; key = next()) {
                onFired.accept(key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable K next() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Alarm<K> head = alarms.peek();
                if (head == null) {
                    changed.await();
                } else if (current.get(head.key()) != head) {
                    alarms.remove();
                } else {
                    Duration left = Duration.between(clock.instant(), head.due());
                    if (!left.isPositive()) {
                        alarms.remove();
                        current.remove(head.key());
                        return head.key();
                    }
                    changed.awaitNanos(left.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN.toNanos() : left.toNanos());
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
