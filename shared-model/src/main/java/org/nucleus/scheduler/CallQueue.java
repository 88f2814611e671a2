package org.nucleus.scheduler;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.nucleus.wire.scheduler.Call;

/** Calls of one subscription, posted one after the other by a thread of its own; bounded; ends with its subscription. */
final class CallQueue implements AutoCloseable {
    private static final int CALLS_MOST = 16_384;

    private final BlockingQueue<Call> calls = new ArrayBlockingQueue<>(CALLS_MOST);
    private final Poster poster;
    private final Thread thread;
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
        return !closed && calls.offer(call);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                poster.post(calls.take());
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
