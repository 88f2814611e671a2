package org.nucleus.agent.containerizer.isolator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the cages of ended containers. A process is told of as dead a moment before the kernel has taken it out of
 * its cgroup, and a container may have made cgroups of its own: what cannot go yet is tried again, for a bounded time.
 */
public final class Removal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Removal.class);
    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cgroup-removal").daemon().factory());

    /** Tries for {@code patience} at most ({@code cgroups_destroy_timeout}). */
    public Removal(Duration patience) {
        this.patience = patience;
    }

    /** Completes, never exceptionally, when the cage is gone, or when it is given up, which the log says. */
    public CompletableFuture<Void> remove(Cage cage) {
        if (cage.remove()) {
            return CompletableFuture.completedFuture(null);
        }
        var done = new CompletableFuture<Void>();
        again(new Attempt(cage, System.nanoTime() + patience.toNanos(), FIRST_PAUSE_MILLIS, done));
        return done;
    }

    private record Attempt(Cage cage, long giveUpNanos, long pauseMillis, CompletableFuture<Void> done) {
        Attempt next() {
            return new Attempt(cage, giveUpNanos, Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS), done);
        }
    }

    private void again(Attempt attempt) {
        if (timer.isShutdown()) {
            attempt.done().complete(null); // the next process sweeps
            return;
        }
        timer.schedule(() -> attempt(attempt), attempt.pauseMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt(Attempt attempt) {
        if (attempt.cage().remove()) {
            attempt.done().complete(null);
        } else if (System.nanoTime() - attempt.giveUpNanos() > 0) {
            log.atWarn()
                    .addKeyValue("cgroups", attempt.cage().line())
                    .addKeyValue("after", patience)
                    .log("Cannot remove the cgroups of an ended container; the next start tries again");
            attempt.done().complete(null);
        } else {
            again(attempt.next());
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
