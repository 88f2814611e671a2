package org.nucleus.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;

class LeaderElectionTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private TestingServer server;
    private CuratorFramework zooKeeper;

    @BeforeEach
    void startZooKeeper() throws Exception {
        server = new TestingServer();
        zooKeeper = ZooKeeperClient.connect(
                ZooKeeperUrl.parse("zk://user:secret@" + server.getConnectString() + "/nucleus"),
                Duration.ofSeconds(5));
    }

    @AfterEach
    void stopZooKeeper() throws Exception {
        zooKeeper.close();
        server.close();
    }

    @Test
    void anotherCandidateLeadsWhenTheLeaderWithdraws() throws Exception {
        try (LeaderElection first = candidate("a:1");
                LeaderElection second = candidate("b:2")) {
            first.start();
            assertThat(next()).isEqualTo("a:1 elected");
            second.start();
            assertThat(second.leader()).contains("a:1");
            first.close();
            assertThat(List.of(next(), next())).containsExactlyInAnyOrder("a:1 deposed", "b:2 elected");
            assertThat(second.leader()).contains("b:2");
        }
    }

    private LeaderElection candidate(String id) {
        return new LeaderElection(zooKeeper, "/nucleus/election", id, new LeaderElection.Listener() {
            @Override
            public void elected() {
                heard.add(id + " elected");
            }

            @Override
            public void deposed() {
                heard.add(id + " deposed");
            }
        });
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(20, TimeUnit.SECONDS), "nothing heard");
    }
}
