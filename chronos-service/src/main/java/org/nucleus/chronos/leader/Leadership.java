package org.nucleus.chronos.leader;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.curator.framework.CuratorFramework;
import org.jspecify.annotations.Nullable;
import org.nucleus.election.LeaderElection;
import org.nucleus.service.flags.Exit;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our part in the election: elected, this process begins a term; deposed, it stops, for its core is never used
 * again.
 */
public final class Leadership implements AutoCloseable, LeaderElection.Listener {
    private static final Logger log = LoggerFactory.getLogger(Leadership.class);
    private static final String CANDIDATES = "/candidate";

    private final ZooKeeperUrl zooKeeper;
    private final Duration session;
    private final Supplier<Term> begin;
    private final Exit exit;
    private volatile @Nullable Term term;
    private volatile boolean closed;
    private volatile @Nullable CuratorFramework connection;
    private volatile @Nullable LeaderElection election;
    private volatile String self = "";

    /** @param begin takes over: recovers and starts a term */
    public Leadership(ZooKeeperUrl zooKeeper, Duration session, Supplier<Term> begin, Exit exit) {
        this.zooKeeper = zooKeeper;
        this.session = session;
        this.begin = begin;
        this.exit = exit;
    }

    /** Stands for election as {@code self}, {@code host:port}. */
    public void join(String self) {
        this.self = self;
        CuratorFramework connected = ZooKeeperClient.connect(zooKeeper, session);
        connection = connected;
        LeaderElection joined = new LeaderElection(connected, zooKeeper.path() + CANDIDATES, self, this);
        election = joined;
        joined.start();
    }

    /** Our term, once it has begun. */
    public Optional<Term> term() {
        return Optional.ofNullable(term);
    }

    /** {@code host:port} of who leads; empty if nobody does, or if ZooKeeper cannot be asked at once. */
    public Optional<String> leader() {
        LeaderElection joined = election;
        CuratorFramework connected = connection;
        boolean askable = connected != null && connected.getZookeeperClient().isConnected();
        return joined != null && askable ? joined.leader() : Optional.empty();
    }

    /** {@code host:port} of another server that leads. */
    Optional<String> otherLeader() {
        return leader().filter(leader -> !leader.equals(self));
    }

    @Override
    public void elected() {
        log.atInfo().log("Elected");
        try {
            term = begin.get();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Could not take over");
            exit.exit(1, "Could not take over as leader: " + e.getMessage());
        }
    }

    @Override
    public void deposed() {
        if (!closed) {
            endTerm();
            exit.exit(1, "Lost the leadership");
        }
    }

    @Override
    public void close() {
        closed = true;
        endTerm();
        LeaderElection joined = election;
        if (joined != null) {
            joined.close();
        }
        CuratorFramework connected = connection;
        if (connected != null) {
            connected.close();
        }
    }

    private void endTerm() {
        Term ending = term;
        term = null;
        if (ending != null) {
            ending.close();
        }
    }
}
