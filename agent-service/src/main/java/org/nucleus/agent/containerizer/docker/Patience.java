package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks an engine again until it answers: it may be away for an upgrade, and its containers with it or not. Waits twice
 * as long each time, up to a bound; {@link #end} ends all waiting. What is left undone then is the next agent's to
 * find.
 */
final class Patience {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("docker-", 0).factory());

    /** Something that takes its time. */
    interface Job {
        void run() throws InterruptedException;
    }

    /** Asks the engine. */
    interface Question<T> {
        T ask() throws IOException;
    }

    /** Does it on a thread of its own; false if all is over. */
    boolean begin(Job job) {
        try {
            threads.execute(() -> {
                try {
                    job.run();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt(); // all is over
                }
            });
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }

    /** Fails with what the engine refuses for good, and by interrupt when all is over. */
    <T> T ask(Question<T> question) throws EngineRefused, InterruptedException {
        for (Duration wait = FIRST; ; wait = longer(wait)) {
            try {
                return question.ask();
            } catch (EngineRefused e) {
                if (!e.isServerError()) {
                    throw e;
                }
            } catch (IOException _) {
                // No engine: asked again below.
            }
            pause(wait);
        }
    }

    /** Waits so long, unless all is over. */
    void pause(Duration wait) throws InterruptedException {
        if (Thread.interrupted() || over.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the agent stops");
        }
    }

    void end() {
        over.countDown();
        threads.shutdownNow();
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
}
