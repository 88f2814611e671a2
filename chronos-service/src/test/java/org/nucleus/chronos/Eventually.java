package org.nucleus.chronos;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process or thread will make true: looks again after a moment, for a bounded time. */
public final class Eventually {
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final long MOMENT_NANOS = 20_000_000L;

    private Eventually() {}

    /** Something to look at. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    public static void holds(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(MOMENT_NANOS);
        }
    }
}
