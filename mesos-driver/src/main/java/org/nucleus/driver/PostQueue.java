package org.nucleus.driver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.nucleus.wire.executor.Call;

/** An executor's calls over one subscription, posted one after the other by a thread of its own. Thread-safe. */
final class PostQueue implements AutoCloseable {
    private final Poster poster;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Call> unanswered = new ArrayDeque<>();
    private boolean closed;

    /** Posts one call; whatever goes wrong is the poster's to deal with. */
    interface Poster {
        void post(Call call) throws InterruptedException;
    }

    PostQueue(Poster poster) {
        this.poster = poster;
        this.thread = Thread.ofVirtual().name("executor-calls").start(this::run);
    }

    boolean add(Call call) {
        lock.lock();
        try {
            if (!closed) {
                unanswered.add(call);
                changed.signalAll();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** True if every call is answered; waits for that, but no longer than {@code most} or until closed. */
    boolean awaitAnswered(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!unanswered.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return unanswered.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                poster.post(next());
                answered();
            }
        } catch (InterruptedException e) {
            // Closed: what is unanswered is said again by the next subscription.
            Thread.currentThread().interrupt();
        }
    }

    private Call next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unanswered.isEmpty() || closed) {
                changed.await();
            }
            return unanswered.element();
        } finally {
            lock.unlock();
        }
    }

    private void answered() {
        lock.lock();
        try {
            unanswered.remove();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
