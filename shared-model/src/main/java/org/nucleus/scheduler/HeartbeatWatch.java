package org.nucleus.scheduler;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Calls {@code onSilence} once if nothing is heard for the time expected: an HTTP client never times an open body out. */
public final class HeartbeatWatch implements AutoCloseable {
    private final Runnable onSilence;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Duration most;
    private volatile long heardNanos = System.nanoTime();
    private boolean closed;

    public HeartbeatWatch(Duration most, Runnable onSilence) {
        this.most = most;
        this.onSilence = onSilence;
        Thread.ofVirtual().name("heartbeat-watch").start(this::run);
    }

    /** Something was heard. */
    public void beat() {
        heardNanos = System.nanoTime();
    }

    /** From now on silence longer than {@code most} is too long. */
    public void expectEvery(Duration most) {
        lock.lock();
        try {
            this.most = most;
            changed.signal();
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
        if (silent()) {
            onSilence.run();
        }
    }

    private boolean silent() {
        lock.lock();
        try {
            while (!closed) {
                long left = heardNanos + most.toNanos() - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
            return false;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
