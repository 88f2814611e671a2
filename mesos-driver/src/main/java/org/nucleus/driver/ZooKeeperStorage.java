package org.nucleus.driver;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.nucleus.wire.Bytes;

/**
 * Entries in ZooKeeper, a node each, replaced only by who knows the current version. One operation at a time; each
 * waits until ZooKeeper answers. Source: state/zookeeper.cpp.
 */
public final class ZooKeeperStorage implements AutoCloseable {
    private static final int BYTES_MOST = 1024 * 1024;
    private static final int RETRY_MILLIS = 200;

    private final CuratorFramework zooKeeper;
    private final String root;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("mesos-state").daemon().factory());

    /** As which user, by which of ZooKeeper's schemes. */
    public record Authentication(String scheme, byte[] credentials) {}

    /** @param authentication if given, only its user may change what it makes; everybody may read it */
    public ZooKeeperStorage(String servers, Duration session, String root, Optional<Authentication> authentication) {
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(servers)
                .sessionTimeoutMs(Math.toIntExact(session.toMillis()))
                .connectionTimeoutMs(Math.toIntExact(session.toMillis()))
                .retryPolicy(new RetryForever(RETRY_MILLIS));
        authentication.ifPresent(given ->
                builder.authorization(given.scheme(), given.credentials()).aclProvider(new CreatorWrites()));
        this.root = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        this.zooKeeper = builder.build();
        zooKeeper.start();
    }

    /** With an entry that isn't stored yet if there is none of this name. */
    public CompletableFuture<StateEntry> fetch(String name) {
        return later(() -> {
            try {
                return StateEntry.decode(zooKeeper.getData().forPath(path(name)));
            } catch (KeeperException.NoNodeException e) {
                return StateEntry.empty(name);
            }
        });
    }

    /** With the entry's next version; empty if {@code entry} isn't the current one. */
    public CompletableFuture<Optional<StateEntry>> store(StateEntry entry) {
        StateEntry next = entry.next();
        return later(() -> replace(entry.uuid(), next) ? Optional.of(next) : Optional.empty());
    }

    /** False if {@code entry} isn't the current one. */
    public CompletableFuture<Boolean> expunge(StateEntry entry) {
        return later(() -> {
            try {
                Stat stat = new Stat();
                if (!current(entry.name(), stat).uuid().equals(entry.uuid())) {
                    return false;
                }
                zooKeeper.delete().withVersion(stat.getVersion()).forPath(path(entry.name()));
                return true;
            } catch (KeeperException.NoNodeException | KeeperException.BadVersionException e) {
                return false;
            }
        });
    }

    public CompletableFuture<List<String>> names() {
        return later(() -> zooKeeper.getChildren().forPath(root.isEmpty() ? "/" : root));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        zooKeeper.close();
    }

    private boolean replace(Bytes uuid, StateEntry next) throws Exception {
        byte[] data = next.encode();
        if (data.length > BYTES_MOST) {
            throw new IOException("Serialized data is too big (> 1 MB)");
        }
        try {
            Stat stat = new Stat();
            if (current(next.name(), stat).uuid().equals(uuid)) {
                zooKeeper.setData().withVersion(stat.getVersion()).forPath(path(next.name()), data);
                return true;
            }
            return false;
        } catch (KeeperException.NoNodeException e) {
            return create(next, data);
        } catch (KeeperException.BadVersionException e) {
            return isStored(next);
        }
    }

    private boolean create(StateEntry entry, byte[] data) throws Exception {
        try {
            zooKeeper.create().creatingParentsIfNeeded().forPath(path(entry.name()), data);
            return true;
        } catch (KeeperException.NodeExistsException e) {
            return isStored(entry);
        }
    }

    /** Somebody was first: ourselves, if a write was repeated whose answer was lost with a connection. */
    private boolean isStored(StateEntry entry) throws Exception {
        return current(entry.name(), new Stat()).uuid().equals(entry.uuid());
    }

    private StateEntry current(String name, Stat stat) throws Exception {
        return StateEntry.decode(zooKeeper.getData().storingStatIn(stat).forPath(path(name)));
    }

    private String path(String name) {
        return root + "/" + name;
    }

    private <T> CompletableFuture<T> later(Callable<T> operation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return operation.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    /** Everybody reads, the creator does all. */
    private static final class CreatorWrites implements ACLProvider {
        /** Not {@code List.of}: ZooKeeper's client asks the list whether it contains null. */
        private static final List<ACL> ACLS =
                Arrays.asList(ZooDefs.Ids.READ_ACL_UNSAFE.getFirst(), ZooDefs.Ids.CREATOR_ALL_ACL.getFirst());

        @Override
        public List<ACL> getDefaultAcl() {
            return ACLS;
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return ACLS;
        }
    }
}
