package org.nucleus.election;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.recipes.leader.Participant;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One candidate in an election held in ZooKeeper. Being elected proves nothing for long: what a leader writes must be
 * fenced by the store. {@link Listener#deposed} comes when the session is lost, at the latest when ZooKeeper may have
 * given the lead to another.
 */
public final class LeaderElection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeaderElection.class);

    private final LeaderLatch latch;
    private final ExecutorService callbacks;

    /** Called on one thread, in order. */
    public interface Listener {
        void elected();

        void deposed();
    }

    /**
     * @param path below which the candidates' nodes are made
     * @param id what others read as {@link #leader()}, {@code host:port}
     */
    public LeaderElection(CuratorFramework zooKeeper, String path, String id, Listener listener) {
        this.latch = new LeaderLatch(zooKeeper, path, id, LeaderLatch.CloseMode.NOTIFY_LEADER);
        this.callbacks = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("election").daemon().factory());
        latch.addListener(
                new LeaderLatchListener() {
                    @Override
                    public void isLeader() {
                        listener.elected();
                    }

                    @Override
                    public void notLeader() {
                        listener.deposed();
                    }
                },
                callbacks);
    }

    public void start() {
        try {
            latch.start();
        } catch (Exception e) {
            throw new IllegalStateException("Could not join the election", e);
        }
    }

    public boolean isLeader() {
        return latch.hasLeadership();
    }

    /** The id of the candidate that leads now, as ZooKeeper tells; empty if there is none or it can't be asked. */
    public Optional<String> leader() {
        try {
            Participant leader = latch.getLeader();
            return leader.isLeader() ? Optional.of(leader.getId()) : Optional.empty();
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            log.atWarn().addKeyValue("cause", e.toString()).log("Could not read who leads");
            return Optional.empty();
        }
    }

    /** Withdraws. A leader's listener is told {@code deposed} before this returns or shortly after. */
    @Override
    public void close() {
        try {
            if (latch.getState() == LeaderLatch.State.STARTED) {
                latch.close();
            }
        } catch (java.io.IOException e) {
            log.atWarn().addKeyValue("cause", e.toString()).log("Could not withdraw from the election");
        } finally {
            callbacks.shutdown();
        }
    }
}
