package org.nucleus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.mesos.state.InMemoryState;
import org.apache.mesos.state.State;
import org.apache.mesos.state.Variable;
import org.apache.mesos.state.ZooKeeperState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nucleus.wire.Bytes;

class ZooKeeperStateTest {
    private static TestingServer server;
    private static CuratorFramework zooKeeper;

    @BeforeAll
    static void startZooKeeper() throws Exception {
        server = new TestingServer();
        zooKeeper = CuratorFrameworkFactory.newClient(server.getConnectString(), new RetryOneTime(100));
        zooKeeper.start();
    }

    @AfterAll
    static void stop() throws IOException {
        zooKeeper.close();
        server.close();
    }

    @Test
    void keepsWhatIsStored() throws Exception {
        State state = state("/keeps/deep/");
        Variable none = get(state.fetch("jobs"));
        assertThat(none.value()).isEmpty();
        Variable first = get(state.store(none.mutate("one".getBytes(UTF_8))));
        assertThat(first.value()).asString().isEqualTo("one");
        assertThat(get(state("/keeps/deep").fetch("jobs")).value()).asString().isEqualTo("one");
        assertThat(get(state.names())).toIterable().containsExactly("jobs");
        assertThat(get(state.expunge(first))).isTrue();
        assertThat(get(state.expunge(first))).isFalse();
        assertThat(get(state.names())).isExhausted();
    }

    @Test
    void whoComesSecondDoesNotOverwrite() throws Exception {
        State state = state("/second");
        Variable fetchedEmpty = get(state.fetch("v"));
        Variable alsoEmpty = get(state.fetch("v"));
        Variable first = get(state.store(fetchedEmpty.mutate("a".getBytes(UTF_8))));
        assertThat(get(state.store(alsoEmpty.mutate("b".getBytes(UTF_8))))).isNull();
        assertThat(get(state.store(first.mutate("c".getBytes(UTF_8))))).isNotNull();
        assertThat(get(state.store(first.mutate("d".getBytes(UTF_8))))).isNull();
        assertThat(get(state.expunge(first))).isFalse();
        assertThat(get(state.fetch("v")).value()).asString().isEqualTo("c");
    }

    @Test
    void readsTheOriginalsFormat() throws Exception {
        byte[] stored = HexFormat.of().parseHex("0a016e" + "1210" + "000102030405060708090a0b0c0d0e0f" + "1a026869");
        zooKeeper.create().creatingParentsIfNeeded().forPath("/format/n", stored);
        assertThat(get(state("/format").fetch("n")).value()).asString().isEqualTo("hi");
        assertThat(StateEntry.decode(stored).encode()).isEqualTo(stored);
        StateEntry large = StateEntry.empty("large").withValue(new byte[300_000]);
        assertThat(StateEntry.decode(large.encode())).isEqualTo(large);
    }

    @Test
    void whatIsNoEntryIsAnError() throws Exception {
        zooKeeper.create().creatingParentsIfNeeded().forPath("/bad/n", new byte[] {1, 2, 3});
        assertThatThrownBy(() -> get(state("/bad").fetch("n")))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("Failed to deserialize Entry: it is cut off");
        assertThatThrownBy(() -> get(state("/absent").names())).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aValueAboveAMegabyteIsAnError() throws Exception {
        State state = state("/big");
        Variable none = get(state.fetch("v"));
        assertThatThrownBy(() -> get(state.store(none.mutate(new byte[1024 * 1024]))))
                .hasRootCauseMessage("Serialized data is too big (> 1 MB)");
    }

    @Test
    void whatAUserStoresOthersMayOnlyRead() throws Exception {
        State owner = new ZooKeeperState(
                server.getConnectString(), 10, TimeUnit.SECONDS, "/owned", "digest", "u:p".getBytes(UTF_8));
        Variable stored = get(owner.store(get(owner.fetch("v")).mutate("mine".getBytes(UTF_8))));
        Variable seen = get(state("/owned").fetch("v"));
        assertThat(seen.value()).asString().isEqualTo("mine");
        assertThatThrownBy(() -> get(state("/owned").store(seen))).hasMessageContaining("NoAuth");
        assertThat(get(owner.store(stored))).isNotNull();
    }

    @Test
    void theOriginalsStateInMemoryStillWorks() throws Exception {
        State state = new InMemoryState();
        Variable stored = get(state.store(get(state.fetch("v")).mutate("x".getBytes(UTF_8))));
        assertThat(stored.value()).asString().isEqualTo("x");
        assertThatThrownBy(() -> state("/other").store(stored)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Bytes.of(stored.value()).size()).isEqualTo(1);
    }

    private static State state(String znode) {
        return new ZooKeeperState(server.getConnectString(), 10, TimeUnit.SECONDS, znode);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
