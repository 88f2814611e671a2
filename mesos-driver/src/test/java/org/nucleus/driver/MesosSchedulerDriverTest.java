package org.nucleus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nucleus.driver.Samples.FRAMEWORK;
import static org.nucleus.driver.Samples.offerId;
import static org.nucleus.driver.Samples.offers;
import static org.nucleus.driver.Samples.task;
import static org.nucleus.driver.Samples.update;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.test.TestingServer;
import org.apache.mesos.MesosSchedulerDriver;
import org.apache.mesos.Protos;
import org.apache.mesos.Protos.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nucleus.access.Credential;
import org.nucleus.election.MasterNode;
import org.nucleus.wire.Address;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;
import org.nucleus.zookeeper.ZooKeeperClient;
import org.nucleus.zookeeper.ZooKeeperUrl;

class MesosSchedulerDriverTest {
    private final RecordingScheduler scheduler = new RecordingScheduler();
    private ScriptedMaster master;
    private MesosSchedulerDriver driver;

    @BeforeEach
    void startMaster() throws Exception {
        master = new ScriptedMaster();
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, master.address());
    }

    @AfterEach
    void stop() {
        driver.stop(true);
        master.close();
    }

    @Test
    void registersWithWhatItWasGivenAndTheMachinesOwnNames() throws Exception {
        driver = new MesosSchedulerDriver(
                scheduler, FRAMEWORK.toBuilder().setUser("").build(), List.of("ads"), master.address(), true);
        assertThat(driver.start()).isEqualTo(Status.DRIVER_RUNNING);
        Call.Subscribe subscribe = master.subscribed().subscribe();
        assertThat(subscribe.frameworkInfo().id()).isNull();
        assertThat(subscribe.frameworkInfo().user()).isEqualTo(System.getProperty("user.name"));
        assertThat(subscribe.frameworkInfo().hostname()).isNotEmpty();
        assertThat(subscribe.frameworkInfo().roles()).containsExactly("ads", "web");
        assertThat(subscribe.suppressedRoles()).containsExactly("ads");
        assertThat(scheduler.next()).isEqualTo("registered m-0000 master-1 localhost");
    }

    @Test
    void keepsItsIdWhenItRegistersAgain() throws Exception {
        ScriptedMaster.Stream stream = register();
        stream.end();
        assertThat(scheduler.next()).isEqualTo("disconnected");
        ScriptedMaster.Stream again = master.subscribed();
        assertThat(again.subscribe().frameworkInfo().id()).isEqualTo(ScriptedMaster.ID);
        assertThat(scheduler.next()).isEqualTo("reregistered master-1");
    }

    @Test
    void aFailedOverFrameworkIsRegisteredFirst() throws Exception {
        driver = new MesosSchedulerDriver(
                scheduler,
                FRAMEWORK.toBuilder()
                        .setId(Protos.FrameworkID.newBuilder().setValue("m-0000"))
                        .build(),
                master.address());
        driver.start();
        assertThat(master.subscribed().subscribe().frameworkInfo().id()).isEqualTo(ScriptedMaster.ID);
        assertThat(scheduler.next()).startsWith("registered m-0000");
    }

    @Test
    void hearsEveryEventInOrderOnOneThread() throws Exception {
        ScriptedMaster.Stream stream = register();
        AgentId agent = new AgentId("s1");
        ExecutorId executor = new ExecutorId("e1");
        stream.send(offers("o1", "o2"));
        stream.send(Event.builder()
                .type(Event.Type.RESCIND)
                .rescind(new Event.Rescind(new OfferId("o1")))
                .build());
        stream.send(update("t1", TaskState.TASK_RUNNING, true));
        stream.send(Event.builder()
                .type(Event.Type.MESSAGE)
                .message(new Event.Message(agent, executor, Bytes.of("hello".getBytes(UTF_8))))
                .build());
        stream.send(failure(new Event.Failure(agent, executor, 256)));
        stream.send(failure(new Event.Failure(agent, null, null)));
        assertThat(scheduler.next()).isEqualTo("resourceOffers [o1@s1, o2@s1]");
        assertThat(scheduler.next()).isEqualTo("offerRescinded o1");
        assertThat(scheduler.next()).startsWith("statusUpdate t1 TASK_RUNNING uuid");
        assertThat(scheduler.next()).isEqualTo("frameworkMessage e1 s1 hello");
        assertThat(scheduler.next()).isEqualTo("executorLost e1 s1 256");
        assertThat(scheduler.next()).isEqualTo("slaveLost s1");
        assertThat(scheduler.threads()).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void acknowledgesAnUpdateWhenItsCallbackHasReturned() throws Exception {
        CountDownLatch mayReturn = new CountDownLatch(1);
        scheduler.on("statusUpdate", _ -> await(mayReturn));
        ScriptedMaster.Stream stream = register();
        stream.send(update("t1", TaskState.TASK_RUNNING, true));
        assertThat(scheduler.next()).startsWith("statusUpdate t1");
        assertThat(master.hasNoCall()).isTrue();
        mayReturn.countDown();
        Call.Acknowledge acknowledge = master.awaitCall().acknowledge();
        assertThat(acknowledge.taskId().value()).isEqualTo("t1");
        assertThat(acknowledge.agentId().value()).isEqualTo("s1");
        assertThat(acknowledge.uuid().size()).isEqualTo(16);
    }

    @Test
    void anUpdateWithoutUuidIsNotAcknowledged() throws Exception {
        ScriptedMaster.Stream stream = register();
        stream.send(update("t1", TaskState.TASK_LOST, false));
        assertThat(scheduler.next()).startsWith("statusUpdate t1 TASK_LOST no uuid");
        driver.reviveOffers();
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.REVIVE);
    }

    @Test
    void anUpdateIsNotAcknowledgedIfTheDriverWasAbortedMeanwhile() throws Exception {
        scheduler.on("statusUpdate", own -> own.abort());
        ScriptedMaster.Stream stream = register();
        stream.send(update("t1", TaskState.TASK_RUNNING, true));
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.SUPPRESS);
        driver.stop(false);
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.TEARDOWN);
        assertThat(master.hasNoCall()).isTrue();
    }

    @Test
    void acknowledgesExplicitlyWhenTold() throws Exception {
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, master.address(), false);
        ScriptedMaster.Stream stream = register();
        stream.send(update("t1", TaskState.TASK_RUNNING, true));
        scheduler.next();
        assertThat(master.hasNoCall()).isTrue();
        driver.acknowledgeStatusUpdate(Samples.originalStatus("t1", true));
        assertThat(master.awaitCall().acknowledge().taskId().value()).isEqualTo("t1");
        driver.acknowledgeStatusUpdate(Samples.originalStatus("t2", false));
        driver.reviveOffers();
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.REVIVE);
    }

    @Test
    void refusesExplicitAcknowledgementsIfTheyAreImplicit() throws Exception {
        register();
        assertThatThrownBy(() -> driver.acknowledgeStatusUpdate(Samples.originalStatus("t1", true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Implicit acknowledgements are enabled");
    }

    @Test
    void launchesOnSeveralOffersFromWithinTheCallback() throws Exception {
        scheduler.on(
                "resourceOffers",
                own -> own.launchTasks(
                        List.of(offerId("o1"), offerId("o2")),
                        List.of(task("t1"), task("t2")),
                        Protos.Filters.newBuilder().setRefuseSeconds(7).build()));
        register().send(offers("o1", "o2"));
        Call.Accept accept = master.awaitCall().accept();
        assertThat(accept.offerIds()).containsExactly(new OfferId("o1"), new OfferId("o2"));
        assertThat(accept.filters().refuseSeconds()).isEqualTo(7);
        assertThat(accept.operations()).hasSize(1);
        assertThat(accept.operations().getFirst().launch().taskInfos())
                .extracting(task -> task.taskId().value())
                .containsExactly("t1", "t2");
    }

    @Test
    void everyCallIsSentInOrder() throws Exception {
        register();
        driver.launchTasks(offerId("o1"), List.of(task("t1")));
        driver.launchTasks(offerId("o2"), List.of());
        driver.declineOffer(offerId("o3"));
        driver.declineOffer(
                offerId("o4"), Protos.Filters.newBuilder().setRefuseSeconds(1).build());
        driver.acceptOffers(List.of(offerId("o5")), List.of(), Protos.Filters.getDefaultInstance());
        driver.killTask(Protos.TaskID.newBuilder().setValue("t1").build());
        driver.requestResources(List.of(Protos.Request.getDefaultInstance()));
        driver.reviveOffers();
        driver.reviveOffers(List.of("ads"));
        driver.reviveOffers(List.of());
        driver.suppressOffers();
        driver.suppressOffers(List.of("web"));
        driver.suppressOffers(List.of());
        driver.sendFrameworkMessage(
                Protos.ExecutorID.newBuilder().setValue("e1").build(), Samples.AGENT, "hi".getBytes(UTF_8));
        driver.reconcileTasks(List.of(Samples.originalStatus("t1", false)));
        assertThat(master.awaitCall().accept().filters().refuseSeconds()).isEqualTo(5);
        assertThat(master.awaitCall().accept().operations().getFirst().launch().taskInfos())
                .isEmpty();
        assertThat(master.awaitCall().decline().offerIds()).containsExactly(new OfferId("o3"));
        assertThat(master.awaitCall().decline().filters().refuseSeconds()).isEqualTo(1);
        assertThat(master.awaitCall().accept().operations()).isEmpty();
        assertThat(master.awaitCall().kill().taskId().value()).isEqualTo("t1");
        assertThat(master.awaitCall().request().requests()).hasSize(1);
        assertThat(master.awaitCall().revive()).isNull();
        assertThat(master.awaitCall().revive().roles()).containsExactly("ads");
        assertThat(master.awaitCall().suppress()).isNull();
        assertThat(master.awaitCall().suppress().roles()).containsExactly("web");
        assertThat(master.awaitCall().message().data()).isEqualTo(Bytes.of("hi".getBytes(UTF_8)));
        assertThat(master.awaitCall().reconcile().tasks())
                .containsExactly(new Call.Reconcile.Task(new org.nucleus.wire.TaskId("t1"), new AgentId("s1")));
    }

    @Test
    void launchesWithoutAMasterAreLost() throws Exception {
        driver.start();
        ScriptedMaster.Stream unanswered = master.awaitStream();
        driver.launchTasks(offerId("o1"), List.of(task("t1")));
        assertThat(scheduler.next()).isEqualTo("statusUpdate t1 TASK_LOST no uuid REASON_MASTER_DISCONNECTED");
        unanswered.sendSubscribed();
        assertThat(scheduler.next()).startsWith("registered");
        assertThat(scheduler.threads()).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void launchesWithoutAMasterAreDroppedForThePartitionAware() throws Exception {
        driver = new MesosSchedulerDriver(
                scheduler,
                FRAMEWORK.toBuilder()
                        .addCapabilities(Protos.FrameworkInfo.Capability.newBuilder()
                                .setType(Protos.FrameworkInfo.Capability.Type.PARTITION_AWARE))
                        .build(),
                master.address());
        driver.start();
        driver.launchTasks(offerId("o1"), List.of(task("t1")));
        assertThat(scheduler.next()).startsWith("statusUpdate t1 TASK_DROPPED");
    }

    @Test
    void launchesThatTheMasterRefusesAreLost() throws Exception {
        master.answer(call ->
                call.type() == Call.Type.ACCEPT ? new ScriptedMaster.Answer(403, "Framework is not subscribed") : null);
        register();
        driver.launchTasks(offerId("o1"), List.of(task("t1")));
        assertThat(scheduler.next()).isEqualTo("statusUpdate t1 TASK_LOST no uuid REASON_INVALID_OFFERS");
    }

    @Test
    void anOperationWithAnIdIsRefused() throws Exception {
        register();
        Protos.Offer.Operation operation = Protos.Offer.Operation.newBuilder()
                .setType(Protos.Offer.Operation.Type.RESERVE)
                .setId(Protos.OperationID.newBuilder().setValue("op"))
                .setReserve(Protos.Offer.Operation.Reserve.getDefaultInstance())
                .build();
        assertThatThrownBy(() -> driver.acceptOffers(
                        List.of(offerId("o1")), List.of(operation), Protos.Filters.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void suppressionsMadeWhileDisconnectedAreToldAtTheNextConnection() throws Exception {
        ScriptedMaster.Stream stream = register();
        master.answer(call -> call.type() == Call.Type.SUBSCRIBE ? new ScriptedMaster.Answer(503, "") : null);
        stream.end();
        assertThat(scheduler.next()).isEqualTo("disconnected");
        driver.suppressOffers();
        driver.reviveOffers(List.of("web"));
        master.answer(_ -> null);
        assertThat(master.subscribed().subscribe().suppressedRoles()).containsExactly("ads");
        assertThat(scheduler.next()).startsWith("reregistered");
        assertThat(master.awaitCall().updateFramework().suppressedRoles()).containsExactly("ads");
    }

    @Test
    void updatesTheFramework() throws Exception {
        register();
        Protos.FrameworkInfo changed = FRAMEWORK.toBuilder()
                .setId(Protos.FrameworkID.newBuilder().setValue("m-0000"))
                .setName("renamed")
                .build();
        driver.updateFramework(
                changed,
                List.of("web"),
                org.apache.mesos.scheduler.Protos.OfferConstraints.newBuilder()
                        .putRoleConstraints(
                                "ads",
                                org.apache.mesos.scheduler.Protos.OfferConstraints.RoleConstraints.getDefaultInstance())
                        .build());
        Call.UpdateFramework update = master.awaitCall().updateFramework();
        assertThat(update.frameworkInfo().name()).isEqualTo("renamed");
        assertThat(update.suppressedRoles()).containsExactly("web");
        assertThat(update.offerConstraints().roleConstraints()).containsOnlyKeys("ads");
        driver.updateFramework(changed, List.of());
        assertThat(master.awaitCall().updateFramework().offerConstraints()).isNull();
    }

    @Test
    void anUpdateForAnotherIdIsAnError() throws Exception {
        register();
        driver.updateFramework(FRAMEWORK, List.of());
        assertThat(scheduler.next()).startsWith("error The 'FrameworkInfo.id' provided");
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void anUpdateThatTheMasterRefusesIsAnError() throws Exception {
        master.answer(call -> call.type() == Call.Type.UPDATE_FRAMEWORK
                ? new ScriptedMaster.Answer(400, "'FrameworkInfo.user' cannot be changed")
                : null);
        register();
        driver.updateFramework(
                FRAMEWORK.toBuilder()
                        .setId(Protos.FrameworkID.newBuilder().setValue("m-0000"))
                        .build(),
                List.of());
        assertThat(scheduler.next()).isEqualTo("error 'FrameworkInfo.user' cannot be changed");
        assertThatThrownBy(() -> driver.updateFramework(FRAMEWORK, List.of("web", "web")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorOfTheMasterAbortsBeforeItIsHeard() throws Exception {
        CompletableFuture<Status> within = new CompletableFuture<>();
        scheduler.on("error", own -> within.complete(own.reviveOffers()));
        ScriptedMaster.Stream stream = register();
        stream.send(Event.builder()
                .type(Event.Type.ERROR)
                .error(new Event.Error("Framework failed over"))
                .build());
        assertThat(scheduler.next()).isEqualTo("error Framework failed over");
        assertThat(within.get(10, TimeUnit.SECONDS)).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_STOPPED);
    }

    @Test
    void aCallbackThatThrowsAborts() throws Exception {
        scheduler.on("resourceOffers", _ -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
            throw new IllegalStateException("thrown by a test");
        });
        register().send(offers("o1"));
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.SUPPRESS);
        assertThat(master.awaitCall().decline().offerIds()).containsExactly(new OfferId("o1"));
    }

    @Test
    void stoppingTearsTheFrameworkDownAndWaitsForTheAnswer() throws Exception {
        register();
        CountDownLatch mayAnswer = master.withholdAnswers();
        CompletableFuture<Status> stopped = CompletableFuture.supplyAsync(driver::stop);
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.TEARDOWN);
        assertThat(stopped).isNotDone();
        mayAnswer.countDown();
        assertThat(stopped.get(10, TimeUnit.SECONDS)).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_STOPPED);
    }

    @Test
    void stoppingForFailoverSaysNothing() throws Exception {
        ScriptedMaster.Stream stream = register();
        assertThat(driver.stop(true)).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(master.hasNoCall()).isTrue();
        stream.end();
        assertThat(scheduler.heardNothing()).isTrue();
    }

    @Test
    void maybeStoppedFromWithinACallback() throws Exception {
        scheduler.on("registered", own -> own.stop());
        CompletableFuture<Status> run = CompletableFuture.supplyAsync(driver::run);
        master.subscribed();
        assertThat(master.awaitCall().type()).isEqualTo(Call.Type.TEARDOWN);
        assertThat(run.get(10, TimeUnit.SECONDS)).isEqualTo(Status.DRIVER_STOPPED);
    }

    @Test
    void authenticatesWithItsCredential() throws Exception {
        master.expect(new Credential("spark", "secret"));
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, master.address(), credential("secret"));
        register();
    }

    @Test
    void aRefusedCredentialIsAnError() throws Exception {
        master.expect(new Credential("spark", "secret"));
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, master.address(), false, credential("wrong"));
        assertThat(driver.run()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(scheduler.next()).isEqualTo("error Master refused authentication");
    }

    @Test
    void aMissingCredentialIsAnError() throws Exception {
        master.expect(new Credential("spark", "secret"));
        assertThat(driver.run()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(scheduler.next()).isEqualTo("error Master refused authentication");
    }

    @Test
    void aMasterThatIsNoAddressAbortsTheStart() throws Exception {
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, "zk://nowhere");
        assertThat(driver.start()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(scheduler.next()).startsWith("error Failed to create a master detector for 'zk://nowhere'");
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void findsTheMasterThroughAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("master"), "master@" + master.address() + "\n");
        driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, "file://" + file);
        register();
    }

    @Test
    void followsTheLeaderInZooKeeper() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                ScriptedMaster second = new ScriptedMaster();
                var curator = ZooKeeperClient.connect(
                        ZooKeeperUrl.parse("zk://" + zooKeeper.getConnectString() + "/mesos"),
                        Duration.ofSeconds(10))) {
            MasterNode first = MasterNode.publish(curator, "/mesos", info(master));
            driver = new MesosSchedulerDriver(scheduler, FRAMEWORK, "zk://" + zooKeeper.getConnectString() + "/mesos");
            register();
            MasterNode.publish(curator, "/mesos", info(second));
            first.close();
            assertThat(scheduler.next()).isEqualTo("disconnected");
            assertThat(second.subscribed().subscribe().frameworkInfo().id()).isEqualTo(ScriptedMaster.ID);
            assertThat(scheduler.next()).startsWith("reregistered");
            driver.stop(true);
        }
    }

    private ScriptedMaster.Stream register() throws Exception {
        driver.start();
        ScriptedMaster.Stream stream = master.subscribed();
        assertThat(scheduler.next()).startsWith("registered");
        return stream;
    }

    private static MasterInfo info(ScriptedMaster master) {
        return MasterInfo.builder()
                .id("m")
                .ip(0x0100007F)
                .port(master.port())
                .address(new Address("127.0.0.1", "127.0.0.1", master.port()))
                .build();
    }

    private static Event failure(Event.Failure failure) {
        return Event.builder().type(Event.Type.FAILURE).failure(failure).build();
    }

    private static Protos.Credential credential(String secret) {
        return Protos.Credential.newBuilder()
                .setPrincipal("spark")
                .setSecret(secret)
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
