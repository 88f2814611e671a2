package org.nucleus.scheduler;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: random below a bound that doubles from {@code first} to {@code most}. For one thread. */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private Duration bound;

    public Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
        this.bound = first;
    }

    /** The next pause: at least half the bound, so that a refusal never becomes a busy loop. */
    public Duration next() {
        long half = bound.toNanos() / 2;
        Duration pause = Duration.ofNanos(half + random.nextLong(half + 1));
        Duration doubled = bound.multipliedBy(2);
        bound = doubled.compareTo(most) > 0 ? most : doubled;
        return pause;
    }

    public void reset() {
        bound = first;
    }
}
