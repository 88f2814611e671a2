package org.nucleus.cluster.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a peer will say some day, by asking it again until it says so or the time is up. */
public record Patience(Duration most) {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    /** Asks until there is an answer; the description completes "gave up waiting for …". */
    public <T> T until(String description, Supplier<Optional<T>> question) {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new GaveUp("Interrupted while waiting for " + description + ".");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new GaveUp("Gave up waiting for " + description + " after " + most.toSeconds() + " seconds.");
            }
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
        }
    }

    /** Asks until it is so. */
    public void untilTrue(String description, BooleanSupplier question) {
        until(description, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** It did not come to be in time. */
    public static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GaveUp(String message) {
            super(message);
        }
    }
}
