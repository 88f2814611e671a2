package org.nucleus.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mesos.MesosExecutorDriver;
import org.apache.mesos.MesosExecutorDrivers;
import org.apache.mesos.Protos;
import org.apache.mesos.Protos.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskGroupInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.executor.Event;

class MesosExecutorDriverTest {
    private final RecordingExecutor executor = new RecordingExecutor();
    private FakeAgent agent;
    private Map<String, String> environment;
    private MesosExecutorDriver driver;

    @BeforeEach
    void startAgent() throws Exception {
        agent = new FakeAgent();
        environment = agent.environment();
        driver = MesosExecutorDrivers.in(environment, executor);
    }

    @AfterEach
    void stop() {
        driver.stop();
        agent.close();
    }

    @Test
    void hearsEveryEventInOrder() throws Exception {
        FakeAgent.Stream stream = register();
        stream.send(launch("t1"));
        stream.send(Event.builder()
                .type(Event.Type.LAUNCH_GROUP)
                .launchGroup(new Event.LaunchGroup(new TaskGroupInfo(List.of(task("t2"), task("t3")))))
                .build());
        stream.send(Event.builder()
                .type(Event.Type.KILL)
                .kill(new Event.Kill(new TaskId("t1"), null))
                .build());
        stream.send(Event.builder()
                .type(Event.Type.MESSAGE)
                .message(new Event.Message(Bytes.of("hello".getBytes(UTF_8))))
                .build());
        stream.send(Event.builder().type(Event.Type.HEARTBEAT).build());
        stream.send(Event.builder().type(Event.Type.SHUTDOWN).build());
        stream.send(launch("too late"));
        assertThat(executor.next()).isEqualTo("launchTask t1");
        assertThat(executor.next()).isEqualTo("launchTask t2");
        assertThat(executor.next()).isEqualTo("launchTask t3");
        assertThat(executor.next()).isEqualTo("killTask t1");
        assertThat(executor.next()).isEqualTo("frameworkMessage hello");
        assertThat(executor.next()).isEqualTo("shutdown");
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(executor.heardNothing()).isTrue();
    }

    @Test
    void completesAndSendsUpdatesAndMessages() throws Exception {
        register();
        assertThat(driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_RUNNING)))
                .isEqualTo(Status.DRIVER_RUNNING);
        driver.sendFrameworkMessage("hi".getBytes(UTF_8));
        TaskStatus sent = agent.awaitCall().update().status();
        assertThat(sent.taskId().value()).isEqualTo("t1");
        assertThat(sent.state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(sent.source()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(sent.executorId().value()).isEqualTo("e1");
        assertThat(sent.agentId().value()).isEqualTo("s1");
        assertThat(sent.uuid().size()).isEqualTo(16);
        assertThat(sent.timestamp()).isPositive();
        assertThat(agent.awaitCall().message().data()).isEqualTo(Bytes.of("hi".getBytes(UTF_8)));
    }

    @Test
    void updatesFromWithinACallbackAreSentBeforeTheDriverStops() throws Exception {
        executor.on("launchTask", own -> {
            own.sendStatusUpdate(status("t1", Protos.TaskState.TASK_RUNNING));
            own.sendStatusUpdate(status("t1", Protos.TaskState.TASK_FINISHED));
            own.stop();
        });
        CompletableFuture<Status> run = CompletableFuture.supplyAsync(driver::run);
        agent.subscribed().send(launch("t1"));
        assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(agent.awaitCall().update().status().state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(agent.awaitCall().update().status().state()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void aReturningAgentIsToldWhatItHasNotAcknowledged() throws Exception {
        FakeAgent.Stream stream = register();
        stream.send(launch("t1"));
        stream.send(launch("t2"));
        assertThat(executor.next()).isEqualTo("launchTask t1");
        assertThat(executor.next()).isEqualTo("launchTask t2");
        driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_RUNNING));
        TaskStatus running = agent.awaitCall().update().status();
        stream.send(Event.builder()
                .type(Event.Type.ACKNOWLEDGED)
                .acknowledged(new Event.Acknowledged(running.taskId(), running.uuid()))
                .build());
        stream.send(launch("t3"));
        assertThat(executor.next()).isEqualTo("launchTask t3");
        agent.leave();
        assertThat(executor.next()).isEqualTo("disconnected");
        driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_FINISHED));
        agent.comeBack();
        FakeAgent.Stream again = agent.awaitStream();
        assertThat(again.subscribe().unacknowledgedTasks())
                .extracting(task -> task.taskId().value())
                .containsExactly("t2", "t3");
        assertThat(again.subscribe().unacknowledgedUpdates())
                .extracting(update -> update.status().state())
                .containsExactly(TaskState.TASK_FINISHED);
        driver.sendStatusUpdate(status("t2", Protos.TaskState.TASK_RUNNING));
        again.sendSubscribed();
        assertThat(executor.next()).isEqualTo("reregistered h1");
        assertThat(agent.awaitCall().update().status().taskId().value())
                .as("made after the subscription was asked for, so sent when it stands")
                .isEqualTo("t2");
    }

    @Test
    void aTaskThatIsLaunchedTwiceIsHeardOnce() throws Exception {
        FakeAgent.Stream stream = register();
        stream.send(launch("t1"));
        stream.send(launch("t1"));
        stream.send(launch("t2"));
        assertThat(executor.next()).isEqualTo("launchTask t1");
        assertThat(executor.next()).isEqualTo("launchTask t2");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 503})
    void anUpdateThatIsNotTakenIsSentAgainByANewSubscription(int status) throws Exception {
        AtomicInteger refusals = new AtomicInteger(1);
        agent.answer(call -> call.update() != null && refusals.getAndDecrement() > 0 ? status : 202);
        register();
        driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_RUNNING));
        assertThat(executor.next()).isEqualTo("disconnected");
        assertThat(agent.subscribed().subscribe().unacknowledgedUpdates()).hasSize(1);
        assertThat(executor.next()).isEqualTo("reregistered h1");
    }

    @Test
    void anAgentThatIsNotReadyIsAskedAgain() throws Exception {
        AtomicInteger refusals = new AtomicInteger(2);
        agent.answer(call -> refusals.getAndDecrement() > 0 ? 503 : 202);
        register();
    }

    @Test
    void aRefusedSubscriptionIsAnError() throws Exception {
        agent.answer(call -> 401);
        assertThat(driver.run()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(executor.next()).isEqualTo("error Received unexpected '401' (status 401) for SUBSCRIBE");
    }

    @Test
    void aRefusedUpdateIsAnError() throws Exception {
        agent.answer(call -> call.update() != null ? 400 : 202);
        register();
        driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_RUNNING));
        assertThat(executor.next()).startsWith("error Received unexpected '400'");
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void anErrorEventAborts() throws Exception {
        register()
                .send(Event.builder()
                        .type(Event.Type.ERROR)
                        .error(new Event.Error("gone"))
                        .build());
        assertThat(executor.next()).isEqualTo("error gone");
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void stagingIsNotForExecutorsToSay() throws Exception {
        register();
        driver.sendStatusUpdate(status("t1", Protos.TaskState.TASK_STAGING));
        assertThat(executor.next()).isEqualTo("error Attempted to send TASK_STAGING status update");
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void aCallbackThatThrowsAborts() throws Exception {
        executor.on("launchTask", _ -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, _) -> {});
            throw new IllegalStateException("thrown by a test");
        });
        register().send(launch("t1"));
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
    }

    @Test
    void withoutCheckpointsItShutsDownWithItsAgent() throws Exception {
        environment.put("MESOS_CHECKPOINT", "0");
        register();
        agent.leave();
        assertThat(executor.next()).isEqualTo("shutdown");
    }

    @Test
    void anAgentThatWasNeverThereIsNotWaitedFor() throws Exception {
        agent.leave();
        driver.start();
        assertThat(executor.next()).isEqualTo("shutdown");
    }

    @Test
    void anAgentThatDoesNotReturnInTimeIsGivenUp() throws Exception {
        environment.put("MESOS_RECOVERY_TIMEOUT", "100ms");
        register();
        agent.leave();
        assertThat(executor.next()).isEqualTo("disconnected");
        assertThat(executor.next()).isEqualTo("shutdown");
    }

    @Test
    void presentsItsToken() throws Exception {
        environment.put("MESOS_EXECUTOR_AUTHENTICATION_TOKEN", "jwt");
        register();
        assertThat(agent.authorization()).isEqualTo("Bearer jwt");
    }

    @Test
    void findsItsAgentByTheOldVariableToo() {
        environment.remove("MESOS_AGENT_ENDPOINT");
        environment.put("MESOS_SLAVE_PID", "slave(1)@10.0.0.1:5051");
        assertThat(ExecutorEnvironment.of(environment).endpoint())
                .hasToString("http://10.0.0.1:5051/slave(1)/api/v1/executor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MESOS_SLAVE_ID", "MESOS_FRAMEWORK_ID", "MESOS_EXECUTOR_ID"})
    void saysWhatItMissesInItsEnvironment(String variable) {
        environment.remove(variable);
        assertThatThrownBy(driver::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expecting '" + variable + "' to be set in the environment");
    }

    @Test
    void callsInTheWrongStateReturnIt() throws Exception {
        Protos.TaskStatus running = status("t1", Protos.TaskState.TASK_RUNNING);
        assertThat(driver.sendStatusUpdate(running)).isEqualTo(Status.DRIVER_NOT_STARTED);
        assertThat(driver.sendFrameworkMessage(new byte[0])).isEqualTo(Status.DRIVER_NOT_STARTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_NOT_STARTED);
        assertThat(driver.abort()).isEqualTo(Status.DRIVER_NOT_STARTED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_NOT_STARTED);
        register();
        assertThat(driver.start()).isEqualTo(Status.DRIVER_RUNNING);
        assertThat(driver.abort()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.sendStatusUpdate(running)).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.join()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_ABORTED);
        assertThat(driver.stop()).isEqualTo(Status.DRIVER_STOPPED);
        assertThat(driver.run()).isEqualTo(Status.DRIVER_STOPPED);
    }

    private FakeAgent.Stream register() throws Exception {
        assertThat(driver.start()).isEqualTo(Status.DRIVER_RUNNING);
        FakeAgent.Stream stream = agent.subscribed();
        assertThat(executor.next()).isEqualTo("registered e1 test h1");
        return stream;
    }

    private static Event launch(String task) {
        return Event.builder()
                .type(Event.Type.LAUNCH)
                .launch(new Event.Launch(task(task)))
                .build();
    }

    private static TaskInfo task(String id) {
        return OriginalMessages.toWire(Samples.task(id).toByteArray(), TaskInfo.class);
    }

    private static Protos.TaskStatus status(String task, Protos.TaskState state) {
        return Protos.TaskStatus.newBuilder()
                .setTaskId(Protos.TaskID.newBuilder().setValue(task))
                .setState(state)
                .build();
    }
}
