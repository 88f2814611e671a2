package org.nucleus.chronos.notice;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.machine.Journal;
import org.nucleus.scheduler.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the notices that are stored, while this process leads, on a thread of its own: at least once over each
 * channel. What a channel does not take is tried again with growing pauses for a day, and then dropped with a line in
 * the log.
 */
public final class Postbox implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Postbox.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int BATCH = 100;

    private final Outbox outbox;
    private final List<Channel> channels;
    private final Function<String, Optional<Job>> jobs;
    private final String cluster;
    private final BiConsumer<String, String> counter;
    private final Semaphore raised = new Semaphore(1);
    private final ReentrantLock storing = new ReentrantLock();
    private final Set<String> taken = new HashSet<>();
    private final Thread thread = Thread.ofVirtual().name("chronos-postbox").unstarted(this::work);
    private volatile boolean closed;

    /** Where undelivered notices are kept. */
    public interface Outbox {
        /** The oldest ones. */
        List<Notice> notices(int most);

        /** Forgets one. */
        void delivered(Notice notice);
    }

    /**
     * @param cluster named in every subject; empty for none
     * @param jobs what is known of a job now
     * @param counter told the channel and what became of each delivery: delivered, failed or dropped
     */
    public Postbox(
            Outbox outbox,
            List<Channel> channels,
            String cluster,
            Function<String, Optional<Job>> jobs,
            BiConsumer<String, String> counter) {
        this.outbox = outbox;
        this.channels = List.copyOf(channels);
        this.cluster = cluster;
        this.jobs = jobs;
        this.counter = counter;
    }

    public void start() {
        if (!channels.isEmpty()) {
            thread.start();
        }
    }

    /** Notices may have been stored. */
    public void committed(List<Change.Durable> changes) {
        if (changes.stream().anyMatch(Change.NoticeRaised.class::isInstance)) {
            raised.release();
        }
    }

    /** Ends a delivery that is under way, but no transaction. */
    @Override
    public void close() {
        closed = true;
        storing.lock();
        try {
            thread.interrupt();
        } finally {
            storing.unlock();
        }
    }

    private void work() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(10), RandomGenerator.getDefault());
        try {
            while (!closed) {
                if (deliverAll()) {
                    backoff.reset();
                    raised.acquire();
                } else {
                    Duration pause = backoff.next();
                    if (raised.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                        backoff.reset();
                    }
                }
                raised.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Journal.Deposed e) {
            log.atInfo().log("Another leader delivers the notices now");
        }
    }

    /** Whether nothing is left. */
    private boolean deliverAll() throws InterruptedException {
        try {
            List<Notice> notices = stored();
            List<Notice> left = new ArrayList<>();
            for (Notice notice : notices) {
                if (!deliver(notice)) {
                    left.add(notice);
                }
            }
            return left.isEmpty() && (notices.size() < BATCH || deliverAll());
        } catch (Journal.Unavailable e) {
            log.atWarn().setCause(e).log("Cannot read the notices to deliver now");
            return false;
        }
    }

    private List<Notice> stored() {
        storing.lock();
        try {
            return closed ? List.of() : outbox.notices(BATCH);
        } finally {
            storing.unlock();
        }
    }

    private void forget(Notice notice) {
        storing.lock();
        try {
            if (!closed) {
                outbox.delivered(notice);
            }
        } finally {
            storing.unlock();
        }
    }

    private boolean deliver(Notice notice) throws InterruptedException {
        boolean old = notice.at().isBefore(Instant.now().minus(KEPT));
        boolean all = true;
        for (Channel channel : channels) {
            all &= deliver(notice, channel, old);
        }
        if (all) {
            forget(notice);
            channels.forEach(channel -> taken.remove(mark(notice, channel)));
        }
        return all;
    }

    private boolean deliver(Notice notice, Channel channel, boolean old) throws InterruptedException {
        if (taken.contains(mark(notice, channel))) {
            return true;
        }
        try {
            String prefix = cluster.isEmpty() ? "[Chronos] " : "[" + cluster + "] [Chronos] ";
            channel.deliver(notice, prefix + notice.subject(), jobs.apply(notice.job()));
            counter.accept(channel.name(), "delivered");
        } catch (IOException e) {
            counter.accept(channel.name(), old ? "dropped" : "failed");
            if (!old) {
                log.atWarn().addKeyValue("channel", channel.name()).setCause(e).log("A notice was not delivered");
                return false;
            }
            log.atError()
                    .addKeyValue("channel", channel.name())
                    .addKeyValue("notice", notice.id())
                    .setCause(e)
                    .log("A notice is dropped: it could not be delivered for a day");
        }
        taken.add(mark(notice, channel));
        return true;
    }

    private static String mark(Notice notice, Channel channel) {
        return channel.name() + " " + notice.id();
    }
}
