package org.nucleus.election;

import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.nucleus.detection.MasterDetector;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.codec.JsonCodec;

/**
 * The node by which every Mesos client finds the leading master: ephemeral, sequential, {@code json.info_} and ten digits,
 * holding the leader's MasterInfo as JSON. Unlike the original's, only an elected master has one.
 */
public final class MasterNode implements AutoCloseable {
    private final CuratorFramework zooKeeper;
    private final String node;

    private MasterNode(CuratorFramework zooKeeper, String node) {
        this.zooKeeper = zooKeeper;
        this.node = node;
    }

    /**
     * Publishes {@code info} below {@code path}.
     *
     * @throws IllegalStateException if ZooKeeper can't be asked
     */
    public static MasterNode publish(CuratorFramework zooKeeper, String path, MasterInfo info) {
        try {
            String node = zooKeeper
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                    .forPath(
                            path + "/" + MasterDetector.NODE_PREFIX,
                            JsonCodec.v1().encode(info));
            return new MasterNode(zooKeeper, node);
        } catch (Exception e) {
            throw new IllegalStateException("Could not publish the leading master in ZooKeeper", e);
        }
    }

    /** Takes the node away; one that is gone already is no error. */
    @Override
    public void close() {
        try {
            zooKeeper.delete().forPath(node);
        } catch (KeeperException.NoNodeException e) {
            // The session that owned it has ended, and the node with it.
            return;
        } catch (Exception e) {
            throw new IllegalStateException("Could not withdraw the leading master's node " + node, e);
        }
    }
}
