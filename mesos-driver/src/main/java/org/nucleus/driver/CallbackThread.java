package org.nucleus.driver;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a framework's callbacks run, in order. What the network brings waits while too much is
 * queued; what the driver adds by itself never waits, since it may be added from within a callback.
 */
final class CallbackThread {
    private static final int QUEUED_MOST = 8_192;

    private final Thread thread;
    private final Consumer<Throwable> onFailure;
    private final Queue<Runnable> queued = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private boolean finishing;

    /** @param onFailure hears of what a callback threw; the thread goes on */
    CallbackThread(String name, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Queues what came over the network, waiting for room; dropped if the thread finishes or the caller is
     * interrupted.
     */
    void deliver(Runnable callback) {
        lock.lock();
        try {
            while (queued.size() >= QUEUED_MOST && !finishing) {
                taken.await();
            }
            append(callback);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void add(Runnable callback) {
        lock.lock();
        try {
            append(callback);
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code last} after all that is queued, and nothing after it. */
    void finish(Runnable last) {
        lock.lock();
        try {
            append(last);
            finishing = true;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void append(Runnable callback) {
        if (!finishing) {
            queued.add(callback);
            added.signal();
        }
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            try {
                next.run();
            } catch (Throwable thrown) {
                onFailure.accept(thrown);
                Thread.UncaughtExceptionHandler reporter = thread.getUncaughtExceptionHandler();
                reporter.uncaughtException(thread, thrown);
            }
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (queued.isEmpty() && !finishing) {
                added.awaitUninterruptibly();
            }
            taken.signal();
            return queued.poll();
        } finally {
            lock.unlock();
        }
    }
}
