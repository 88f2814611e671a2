package org.nucleus.master.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.nucleus.machine.Journal;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.TaskKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal that stores histories a moment after they were committed, all of that moment in one transaction, and of each
 * task only the last. Everything else is stored before {@link #commit} returns. Histories wait in memory: a crash loses
 * those of the last moment, which {@link Change.History} allows.
 */
public final class WrittenBehind implements Journal<Change.Durable>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WrittenBehind.class);
    /** With more, the writer stores them itself: a slow store must not fill the memory. */
    private static final int WAITING_MOST = 20_000;

    private final Journal<Change.Durable> journal;
    private final Duration delay;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SequencedMap<TaskKey, Change.History> waiting = new LinkedHashMap<>();
    private final Thread thread;
    private boolean closed;

    /** @param delay how long the first history of a moment waits for others */
    public WrittenBehind(Journal<Change.Durable> journal, Duration delay) {
        this.journal = journal;
        this.delay = delay;
        this.thread = Thread.ofPlatform().name("master-histories").daemon().start(this::run);
    }

    @Override
    public void commit(List<Change.Durable> changes) {
        lock.lock();
        try {
            List<Change.Durable> now = new ArrayList<>(changes.size());
            for (Change.Durable change : changes) {
                sort(change, now);
            }
            boolean all = waiting.size() > WAITING_MOST;
            if (all) {
                now.addAll(waiting.sequencedValues());
            }
            if (!now.isEmpty()) {
                journal.commit(now);
            }
            if (all) {
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private void sort(Change.Durable change, List<Change.Durable> now) {
        if (change instanceof Change.History history) {
            if (waiting.isEmpty()) {
                changed.signal();
            }
            waiting.put(history.key(), history);
            return;
        }
        if (change instanceof Change.OfTask ofTask) {
            waiting.remove(ofTask.key());
        } else if (change instanceof Change.FrameworkForgotten(var framework)) {
            waiting.keySet().removeIf(key -> key.framework().equals(framework));
        }
        now.add(change);
    }

    private void run() {
        lock.lock();
        try {
            while (!closed) {
                if (waiting.isEmpty()) {
                    changed.await();
                } else {
                    gather();
                    store();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Journal.Deposed e) {
            log.atInfo().log("Histories are stored no more: {}", e.getMessage()); // the writer hears it, too
        } finally {
            lock.unlock();
        }
    }

    private void gather() throws InterruptedException {
        for (long left = delay.toNanos(); left > 0 && !closed; ) {
            left = changed.awaitNanos(left);
        }
    }

    private void store() {
        try {
            journal.commit(List.copyOf(waiting.sequencedValues()));
            waiting.clear();
        } catch (Journal.Unavailable e) {
            log.atWarn().addKeyValue("waiting", waiting.size()).setCause(e).log("Could not store histories; they wait");
        }
    }

    /** Ends the writing, after storing what waits if the store can take it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
            if (!waiting.isEmpty()) {
                store();
            }
        } catch (Journal.Deposed e) {
            log.atInfo().log("The last histories were not stored: {}", e.getMessage());
        } finally {
            lock.unlock();
        }
    }
}
