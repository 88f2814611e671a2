package org.nucleus.scheduler;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.nucleus.wire.scheduler.Call;

/** Calls of one subscription, posted one after the other by a thread of its own; bounded; ends with its subscription. */
final class CallQueue implements AutoCloseable {
    private static final int CALLS_MOST = 16_384;

    private final BlockingQueue<Call> calls = new ArrayBlockingQueue<>(CALLS_MOST);
    private final Poster poster;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private int unanswered;
    private volatile boolean closed;

    /** Posts one call; whatever goes wrong is the poster's to report. */
    interface Poster {
        void post(Call call) throws InterruptedException;
    }

    CallQueue(Poster poster) {
        this.poster = poster;
        this.thread = Thread.ofVirtual().name("scheduler-calls").start(this::run);
    }

    boolean add(Call call) {
        lock.lock();
        try {
            if (closed || !calls.offer(call)) {
                return false;
            }
            unanswered++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no call is unanswered, but no longer than {@code most} or until closed; true in the first case. */
    boolean awaitAnswered(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (unanswered > 0 && !closed && left > 0) {
                left = answered.awaitNanos(left);
            }
            return unanswered == 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            answered.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                poster.post(calls.take());
                countAnswered();
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void countAnswered() {
        lock.lock();
        try {
            unanswered--;
            answered.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
