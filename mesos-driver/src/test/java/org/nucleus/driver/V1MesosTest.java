package org.nucleus.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.scheduler.Mesos;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.Scheduler;
import org.apache.mesos.v1.scheduler.V0Mesos;
import org.apache.mesos.v1.scheduler.V1Mesos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.access.Credential;

class V1MesosTest {
    private static final Protos.FrameworkInfo FRAMEWORK =
            Protos.FrameworkInfo.newBuilder().setUser("nobody").setName("v1").build();
    private static final Call SUBSCRIBE = Call.newBuilder()
            .setType(Call.Type.SUBSCRIBE)
            .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(FRAMEWORK))
            .build();
    private static final Call REVIVE =
            Call.newBuilder().setType(Call.Type.REVIVE).build();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Recording scheduler = new Recording();
    private ScriptedMaster master;

    /** Subscribes whenever connected, as v1 schedulers do. */
    private final class Recording implements Scheduler {
        private Call subscribe = SUBSCRIBE;

        @Override
        public void connected(Mesos mesos) {
            heard.add("connected");
            mesos.send(subscribe);
        }

        @Override
        public void disconnected(Mesos mesos) {
            heard.add("disconnected");
        }

        @Override
        public void received(Mesos mesos, Event event) {
            String detail = event.hasError() ? " " + event.getError().getMessage() : "";
            heard.add(event.getType() + detail);
        }
    }

    @BeforeEach
    void startMaster() throws Exception {
        master = new ScriptedMaster();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void passesCallsAndAllEvents() throws Exception {
        Mesos mesos = new V1Mesos(scheduler, master.address());
        assertThat(next()).isEqualTo("connected");
        ScriptedMaster.Stream stream = master.subscribed();
        assertThat(stream.subscribe().frameworkInfo().name()).isEqualTo("v1");
        assertThat(next()).isEqualTo("SUBSCRIBED");
        stream.send(org.nucleus.wire.scheduler.Event.builder()
                .type(org.nucleus.wire.scheduler.Event.Type.HEARTBEAT)
                .build());
        stream.send(Samples.offers("o1"));
        assertThat(next()).isEqualTo("HEARTBEAT");
        assertThat(next()).isEqualTo("OFFERS");
        mesos.send(REVIVE);
        assertThat(master.awaitCall().type()).isEqualTo(org.nucleus.wire.scheduler.Call.Type.REVIVE);
        mesos.send(Call.newBuilder().setType(Call.Type.TEARDOWN).build());
        assertThat(master.awaitCall().type()).isEqualTo(org.nucleus.wire.scheduler.Call.Type.TEARDOWN);
    }

    @Test
    void connectsAgainWhenTheStreamEnds() throws Exception {
        new V1Mesos(scheduler, master.address());
        ScriptedMaster.Stream stream = subscribe();
        stream.end();
        assertThat(next()).isEqualTo("disconnected");
        subscribe();
    }

    @Test
    void connectsAgainWhenAsked() throws Exception {
        Mesos mesos = new V1Mesos(scheduler, master.address());
        subscribe();
        mesos.reconnect();
        assertThat(next()).isEqualTo("disconnected");
        subscribe();
    }

    @Test
    void anErrorIsFollowedByADisconnection() throws Exception {
        new V1Mesos(scheduler, master.address());
        ScriptedMaster.Stream stream = subscribe();
        stream.send(org.nucleus.wire.scheduler.Event.builder()
                .type(org.nucleus.wire.scheduler.Event.Type.ERROR)
                .error(new org.nucleus.wire.scheduler.Event.Error("Framework failed over"))
                .build());
        assertThat(next()).isEqualTo("ERROR Framework failed over");
        assertThat(next()).isEqualTo("disconnected");
    }

    @Test
    void aRefusalIsAnErrorEvent() throws Exception {
        master.answer(call -> new ScriptedMaster.Answer(400, "no"));
        new V1Mesos(scheduler, master.address());
        assertThat(next()).isEqualTo("connected");
        assertThat(next()).isEqualTo("ERROR Received unexpected '400' (no) for SUBSCRIBE");
    }

    @Test
    void callsAreDroppedWhileNotSubscribed() throws Exception {
        Mesos mesos = new V1Mesos(scheduler, master.address());
        assertThat(next()).isEqualTo("connected");
        ScriptedMaster.Stream stream = master.awaitStream();
        mesos.send(REVIVE);
        stream.sendSubscribed();
        assertThat(next()).isEqualTo("SUBSCRIBED");
        assertThat(master.hasNoCall()).isTrue();
    }

    @Test
    void authenticatesWithItsCredential() throws Exception {
        master.expect(new Credential("spark", "secret"));
        new V1Mesos(
                scheduler,
                master.address(),
                Protos.Credential.newBuilder()
                        .setPrincipal("spark")
                        .setSecret("secret")
                        .build());
        subscribe();
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new V1Mesos(scheduler, "zk://nowhere")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void v0MesosSubscribesItsOwnFrameworkAndKeepsItsId() throws Exception {
        scheduler.subscribe = SUBSCRIBE.toBuilder()
                .setSubscribe(Call.Subscribe.newBuilder()
                        .setFrameworkInfo(FRAMEWORK.toBuilder().setName("other")))
                .build();
        Mesos mesos = new V0Mesos(scheduler, FRAMEWORK, master.address());
        ScriptedMaster.Stream stream = subscribe();
        assertThat(stream.subscribe().frameworkInfo().name()).isEqualTo("v1");
        assertThat(stream.subscribe().frameworkInfo().id()).isNull();
        mesos.reconnect();
        stream.end();
        assertThat(next()).isEqualTo("disconnected");
        assertThat(subscribe().subscribe().frameworkInfo().id()).isEqualTo(ScriptedMaster.ID);
    }

    private ScriptedMaster.Stream subscribe() throws Exception {
        assertThat(next()).isEqualTo("connected");
        ScriptedMaster.Stream stream = master.subscribed();
        assertThat(next()).isEqualTo("SUBSCRIBED");
        return stream;
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing heard");
    }
}
