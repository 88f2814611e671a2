package org.nucleus.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.access.Mechanism;
import org.nucleus.election.MasterNode;
import org.nucleus.wire.Address;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;

class SchedulerClientTest {
    private static final FrameworkId ID = new FrameworkId("m-0000");
    private static final Call REVIVE = Call.builder().type(Call.Type.REVIVE).build();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private ScriptedMaster master;
    private SchedulerClient client;

    @BeforeEach
    void startMaster() throws Exception {
        master = new ScriptedMaster();
    }

    @AfterEach
    void stop() {
        client.close();
        master.close();
    }

    @Test
    void subscribesAndSendsCallsWithItsIdAndStream() throws Exception {
        start(master.address());
        ScriptedMaster.Stream stream = master.awaitStream();
        stream.send(subscribed(15));
        assertThat(next()).isEqualTo("subscribed m-0000");
        assertThat(client.send(REVIVE)).isTrue();
        ScriptedMaster.Received received = master.awaitCall();
        assertThat(received.call().frameworkId()).isEqualTo(ID);
        assertThat(received.streamId()).startsWith("stream-");
    }

    @Test
    void subscribesAgainWhenTheStreamEnds() throws Exception {
        start(master.address());
        ScriptedMaster.Stream stream = master.awaitStream();
        stream.send(subscribed(15));
        assertThat(next()).startsWith("subscribed");
        stream.end();
        assertThat(next()).startsWith("disconnected");
        assertThat(client.send(REVIVE)).isFalse();
        master.awaitStream().send(subscribed(15));
        assertThat(next()).startsWith("subscribed");
    }

    @Test
    void givesAStreamUpThatMissesItsHeartbeats() throws Exception {
        start(master.address());
        master.awaitStream().send(subscribed(0.02));
        assertThat(next()).startsWith("subscribed");
        assertThat(next()).isEqualTo("disconnected No heartbeat from the master");
        master.awaitStream();
    }

    @Test
    void followsAProtocolRelativeRedirectToTheLeader() throws Exception {
        try (ScriptedMaster follower = new ScriptedMaster()) {
            follower.answerWith(
                    new ScriptedMaster.Answer(307, "Location", "//" + master.address() + MasterConnector.PATH));
            start(follower.address());
            master.awaitStream().send(subscribed(15));
            assertThat(next()).startsWith("subscribed");
        }
    }

    @Test
    void tellsWhenItIsRefusedAndTriesOn() throws Exception {
        master.answerWith(new ScriptedMaster.Answer(403, "X-Why", "none"));
        start(master.address());
        assertThat(next()).isEqualTo("refused 403 SUBSCRIBE");
        master.answerWith(ScriptedMaster.Answer.ok());
        master.awaitStream();
    }

    @Test
    void doesNotReturnAfterAnError() throws Exception {
        start(master.address());
        ScriptedMaster.Stream stream = master.awaitStream();
        stream.send(subscribed(15));
        assertThat(next()).startsWith("subscribed");
        stream.send(Event.builder()
                .type(Event.Type.ERROR)
                .error(new Event.Error("Framework failed over"))
                .build());
        stream.end();
        assertThat(next()).isEqualTo("received ERROR");
        assertThat(next()).startsWith("disconnected");
    }

    @Test
    void passesHeartbeatsOn() throws Exception {
        start(master.address());
        ScriptedMaster.Stream stream = master.awaitStream();
        stream.send(subscribed(15));
        assertThat(next()).startsWith("subscribed");
        stream.send(Event.builder().type(Event.Type.HEARTBEAT).build());
        assertThat(next()).isEqualTo("heartbeat");
    }

    @Test
    void waitsUntilItsCallsAreAnswered() throws Exception {
        start(master.address());
        assertThat(client.awaitAnswered(Duration.ofSeconds(10)))
                .as("nothing was sent")
                .isTrue();
        ScriptedMaster.Stream stream = master.awaitStream();
        stream.send(subscribed(15));
        assertThat(next()).startsWith("subscribed");
        client.send(REVIVE);
        client.send(REVIVE);
        assertThat(client.awaitAnswered(Duration.ofSeconds(10))).isTrue();
        master.awaitCall();
        assertThat(master.awaitCall().call().type()).isEqualTo(Call.Type.REVIVE);
    }

    @Test
    void movesToAnotherMasterWhenZooKeeperNamesIt() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                ScriptedMaster second = new ScriptedMaster();
                var curator = ZooKeeperClient.connect(
                        ZooKeeperUrl.parse("zk://" + zooKeeper.getConnectString() + "/nucleus"),
                        Duration.ofSeconds(10))) {
            MasterNode first = MasterNode.publish(curator, "/nucleus", info("first", master.port()));
            start("zk://" + zooKeeper.getConnectString() + "/nucleus");
            master.awaitStream().send(subscribed(15));
            assertThat(next()).startsWith("subscribed");
            MasterNode.publish(curator, "/nucleus", info("second", second.port()));
            first.close();
            assertThat(next()).startsWith("disconnected");
            second.awaitStream().send(subscribed(15));
            assertThat(next()).startsWith("subscribed");
        }
    }

    private static MasterInfo info(String id, int port) {
        return MasterInfo.builder()
                .id(id)
                .ip(0x0100007F)
                .port(port)
                .hostname("127.0.0.1")
                .address(new Address("127.0.0.1", "127.0.0.1", port))
                .build();
    }

    private void start(String address) {
        client = new SchedulerClient(
                new SchedulerClient.Settings(address, Optional.empty(), Mechanism.BASIC),
                new SchedulerClient.Listener() {
                    @Override
                    public void subscribed(Event.Subscribed event) {
                        heard.add("subscribed " + event.frameworkId());
                    }

                    @Override
                    public void received(Event event) {
                        heard.add("received " + event.type());
                    }

                    @Override
                    public void disconnected(String reason) {
                        heard.add("disconnected " + reason);
                    }

                    @Override
                    public void heartbeat() {
                        heard.add("heartbeat");
                    }

                    @Override
                    public void refused(int status, String message, Call call) {
                        heard.add("refused " + status + " " + call.type());
                    }
                });
        client.start(() -> new Call.Subscribe(
                FrameworkInfo.builder().user("nobody").name("test").build(), List.of(), null));
    }

    private static Event subscribed(double heartbeatSeconds) {
        return Event.builder()
                .type(Event.Type.SUBSCRIBED)
                .subscribed(new Event.Subscribed(ID, heartbeatSeconds, null))
                .build();
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing heard");
    }
}
