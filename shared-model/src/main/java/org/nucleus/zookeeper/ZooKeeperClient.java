package org.nucleus.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;

/** Connects to ZooKeeper. With credentials, what is created is readable by all and writable by its creator alone. */
public final class ZooKeeperClient {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private ZooKeeperClient() {}

    /** A started client; it connects in the background and keeps trying. The caller closes it. */
    public static CuratorFramework connect(ZooKeeperUrl url, Duration session) {
        var builder = CuratorFrameworkFactory.builder()
                .connectString(url.connectString())
                .sessionTimeoutMs(Math.toIntExact(session.toMillis()))
                .connectionTimeoutMs(Math.toIntExact(CONNECT.toMillis()))
                .retryPolicy(new BoundedExponentialBackoffRetry(100, 2_000, 10));
        url.userinfo()
                .ifPresent(userinfo -> builder.authorization("digest", userinfo.getBytes(StandardCharsets.UTF_8))
                        .aclProvider(new CreatorWrites()));
        CuratorFramework client = builder.build();
        client.start();
        return client;
    }

    private static final class CreatorWrites implements ACLProvider {
        /** Not {@code List.of}: ZooKeeper's client asks the list whether it contains null. */
        private static final List<ACL> ACLS =
                Arrays.asList(ZooDefs.Ids.CREATOR_ALL_ACL.getFirst(), ZooDefs.Ids.READ_ACL_UNSAFE.getFirst());

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
