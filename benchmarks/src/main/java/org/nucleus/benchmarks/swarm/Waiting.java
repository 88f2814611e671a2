package org.nucleus.benchmarks.swarm;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a measurement ends with, looking every few milliseconds. */
public final class Waiting {
    private static final long LOOK_NANOS = 2_000_000;

    private Waiting() {}

    /** False if it takes longer than {@code most}. */
    public static boolean until(BooleanSupplier condition, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** Lets that much time pass. */
    public static void pass(Duration time) {
        until(() -> false, time);
    }
}
