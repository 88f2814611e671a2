package org.nucleus.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a machine on one platform thread: drains a batch of inputs, steps each, commits what must be durable, then
 * releases the effects. Nothing leaves before it is durable. A step that throws, a journal that stays unavailable
 * beyond its bound, or a journal that says {@link Journal.Deposed} ends the writer for good: {@code onFatal} is told,
 * and the process must stop.
 */
public final class Writer<I, C, F> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(50);
    private static final Duration RETRY_MOST = Duration.ofSeconds(2);

    private final Machine<I, C, F> machine;
    private final Journal<C> journal;
    private final Outbound<F> outbound;
    private final Observer<I, C, F> observer;
    private final InstantSource clock;
    private final Settings settings;
    private final Consumer<Throwable> onFatal;
    private final BlockingQueue<I> mailbox;
    private final FlightRecorder<I> recorder = new FlightRecorder<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the thread
     * @param mailboxMost inputs that may wait; {@link #offer} refuses more
     * @param batchMost inputs per commit
     * @param storeTimeout how long a commit is retried before it is fatal
     */
    public record Settings(String name, int mailboxMost, int batchMost, Duration storeTimeout) {
        public static Settings named(String name) {
            return new Settings(name, 16_384, 1_024, Duration.ofSeconds(20));
        }
    }

    public Writer(
            Machine<I, C, F> machine,
            Journal<C> journal,
            Outbound<F> outbound,
            Observer<I, C, F> observer,
            InstantSource clock,
            Settings settings,
            Consumer<Throwable> onFatal) {
        this.machine = machine;
        this.journal = journal;
        this.outbound = outbound;
        this.observer = observer;
        this.clock = clock;
        this.settings = settings;
        this.onFatal = onFatal;
        this.mailbox = new ArrayBlockingQueue<>(settings.mailboxMost());
        this.thread = Thread.ofPlatform().name(settings.name()).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Puts {@code input} in the mailbox; false if it is full or the writer has ended: the caller refuses its peer. */
    public boolean offer(I input) {
        return !closed && mailbox.offer(input);
    }

    /** Puts {@code input} in the mailbox, waiting for room. For inputs that may not be refused, such as timers. */
    public void put(I input) throws InterruptedException {
        while (!closed && !mailbox.offer(input, 100, TimeUnit.MILLISECONDS)) {
            // waits for room in slices, so that a writer that has ended frees its callers
        }
    }

    public int waiting() {
        return mailbox.size();
    }

    /** Ends the writer after its current batch. Inputs still in the mailbox are dropped: nobody was answered for them. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits until the batch that was under way when the writer was closed is over, so that its journal may be closed. */
    public void awaitEnd(Duration most) throws InterruptedException {
        thread.join(most);
    }

    private void run() {
        try {
            List<I> batch = new ArrayList<>(settings.batchMost());
            while (!closed) {
                batch.clear();
                batch.add(mailbox.take());
                mailbox.drainTo(batch, settings.batchMost() - 1);
                release(batch);
            }
        } catch (InterruptedException e) {
            if (!closed) {
                fail(e);
            }
        } catch (Throwable e) {
            if (!closed) {
                fail(e);
            }
        }
    }

    private void release(List<I> batch) throws InterruptedException {
        List<C> durable = new ArrayList<>();
        List<F> effects = new ArrayList<>();
        List<Stepped<I, C, F>> steps = new ArrayList<>(batch.size());
        for (I input : batch) {
            var now = clock.instant();
            recorder.record(now, input);
            Step<C, F> step = machine.step(now, input);
            log.atDebug().addKeyValue("input", input).addKeyValue("step", step).log("Stepped");
            durable.addAll(step.durable());
            effects.addAll(step.effects());
            steps.add(new Stepped<>(now, input, step));
        }
        if (!durable.isEmpty()) {
            commit(durable);
        }
        outbound.send(effects);
        for (var stepped : steps) {
            observer.stepped(stepped.now(), stepped.input(), stepped.step());
        }
        observer.batchReleased();
    }

    private void commit(List<C> durable) throws InterruptedException {
        long deadline = System.nanoTime() + settings.storeTimeout().toNanos();
        Duration pause = RETRY_FIRST;
        while (true) {
            try {
                journal.commit(durable);
                return;
            } catch (Journal.Unavailable e) {
                if (System.nanoTime() >= deadline) {
                    throw e;
                }
                log.atWarn()
                        .addKeyValue("retryIn", pause)
                        .setCause(e)
                        .log("Could not store changes; nothing leaves until they are");
            }
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(RETRY_MOST) > 0 ? RETRY_MOST : pause.multipliedBy(2);
        }
    }

    private void fail(Throwable cause) {
        closed = true;
        if (cause instanceof Journal.Deposed) {
            log.atWarn().log("Lost the leadership: {}", cause.getMessage());
        } else {
            log.atError()
                    .setCause(cause)
                    .addKeyValue("lastInputs", recorder.entries())
                    .log("The core stopped");
        }
        onFatal.accept(cause);
    }

    private record Stepped<I, C, F>(Instant now, I input, Step<C, F> step) {}
}
