package org.nucleus.cluster.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperServerTest {
    @TempDir
    Path directory;

    @Test
    void keepsItsNodesFromOneStartToTheNext() throws Exception {
        int port = freePort();
        byte[] word = "here".getBytes(StandardCharsets.UTF_8);
        try (ZooKeeperServer _ = ZooKeeperServer.start(directory, port);
                ZooKeeper client = client(port)) {
            client.create("/kept", word, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }

        try (ZooKeeperServer _ = ZooKeeperServer.start(directory, port);
                ZooKeeper client = client(port)) {
            assertThat(client.getData("/kept", false, null)).isEqualTo(word);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static ZooKeeper client(int port) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper("127.0.0.1:" + port, 10_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
        return client;
    }
}
