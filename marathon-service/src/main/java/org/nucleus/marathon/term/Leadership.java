package org.nucleus.marathon.term;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.nucleus.election.LeaderElection;
import org.nucleus.service.flags.Exit;
import org.nucleus.service.stream.EventStreams;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Whether this process leads. A term begins with the election; when it ends, so does the process. */
public final class Leadership implements SmartLifecycle, LeaderElection.Listener {
    public static final int LOST = 103;
    private static final int FAULTY_START = 104;
    private static final Duration WAIT_FOR_LEADER = Duration.ofMillis(2_500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private final Settings settings;
    private final Supplier<Term> terms;
    private final Exit exit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable CuratorFramework zooKeeper;
    private @Nullable LeaderElection election;
    private @Nullable Term term;
    private volatile boolean running;

    /** @param id {@code host:port} under which others reach this process */
    public record Settings(ZooKeeperUrl zooKeeper, Duration session, String id) {}

    /** @param terms begins a term: returns once all that was stored has been read */
    public Leadership(Settings settings, Supplier<Term> terms, Exit exit) {
        this.settings = settings;
        this.terms = terms;
        this.exit = exit;
    }

    public String id() {
        return settings.id();
    }

    /** The running term, if this process leads. */
    public Optional<Term> term() {
        lock.lock();
        try {
            return Optional.ofNullable(term);
        } finally {
            lock.unlock();
        }
    }

    /** Who leads, as {@code host:port}; waits a while for one to be found. */
    public Optional<String> leader() throws InterruptedException {
        long deadline = System.nanoTime() + WAIT_FOR_LEADER.toNanos();
        Optional<String> found = leaderNow();
        lock.lock();
        try {
            while (found.isEmpty() && System.nanoTime() < deadline) {
                changed.await(LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
                found = leaderNow();
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> leaderNow() {
        return term().isPresent() ? Optional.of(id()) : other();
    }

    /** Who else leads; nobody while this process itself was elected but is not ready yet. */
    private Optional<String> other() {
        LeaderElection current = election;
        return current == null ? Optional.empty() : current.leader().filter(leader -> !leader.equals(id()));
    }

    /** Gives the lead up: another may take it, and this process ends. */
    public void abdicate() {
        exit.exit(LOST, "Leadership abdicated");
    }

    @Override
    public void elected() {
        log.atInfo().addKeyValue("id", id()).log("Elected");
        try {
            Term begun = terms.get();
            lock.lock();
            try {
                term = begun;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Could not take the lead");
            exit.exit(FAULTY_START, "Could not take the lead: " + e.getMessage());
        }
    }

    @Override
    public void deposed() {
        if (running) {
            exit.exit(LOST, "Lost the leadership");
        }
    }

    @Override
    public void start() {
        running = true;
        CuratorFramework client = ZooKeeperClient.connect(settings.zooKeeper(), settings.session());
        zooKeeper = client;
        LeaderElection joined = new LeaderElection(client, settings.zooKeeper().path() + "/leader", id(), this);
        election = joined;
        joined.start();
    }

    @Override
    public void stop() {
        running = false;
        term().ifPresent(Term::close);
        if (election != null) {
            election.close();
        }
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    /** Before the streams: their end is no news for a machine that has stopped. */
    @Override
    public int getPhase() {
        return EventStreams.PHASE + 1;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
