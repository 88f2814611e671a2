package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.executor.Call;
import org.nucleus.wire.executor.Event;

/** Executors of a framework's own, from their first task to their end. */
class ExecutorsTest {
    private static final ExecutorId ID = new ExecutorId("e");
    private static final ExecutorKey KEY = ExecutorKey.of("F", "e");
    private static final ExecutorInfo EXECUTOR = ExecutorInfo.builder()
            .type(ExecutorInfo.Type.CUSTOM)
            .executorId(ID)
            .frameworkId(AgentDriver.FRAMEWORK)
            .command(CommandInfo.builder().value("./executor").build())
            .build();

    private final AgentDriver agent = AgentDriver.registered();
    private long number;
    private byte updates;

    @BeforeEach
    void takeOnATask() {
        run("t");
    }

    @Test
    void isLaunchedOnceAndGetsItsTasksWhenItSubscribes() {
        run("u");
        assertThat(agent.effects(Effect.LaunchExecutor.class)).hasSize(1);
        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
        agent.step(new AgentInput.ContainerStarted(container()));
        assertThat(agent.effects(Effect.TellExecutor.class)).isEmpty();

        subscribe();
        assertThat(told())
                .extracting(Event::type)
                .containsExactly(Event.Type.SUBSCRIBED, Event.Type.LAUNCH, Event.Type.LAUNCH);
        Event.Subscribed subscribed = told().getFirst().subscribed();
        assertThat(subscribed.agentInfo().id()).isEqualTo(AgentDriver.AGENT);
        assertThat(subscribed.containerId()).isEqualTo(container());
        run("v");
        assertThat(told().getLast().launch().task().taskId().value()).isEqualTo("v");
    }

    @Test
    void anUpdateIsAcknowledgedWhenStoredAndForwardedWithWhatTheAgentKnows() {
        startAndSubscribe();
        update("t", TaskState.TASK_RUNNING);

        assertThat(told().getLast().type()).isEqualTo(Event.Type.ACKNOWLEDGED);
        AgentCall.Update sent = agent.calls(AgentCall.Type.UPDATE).getLast().update();
        assertThat(sent.executorId()).isEqualTo(ID);
        assertThat(sent.status().agentId()).isEqualTo(AgentDriver.AGENT);
        assertThat(sent.status().timestamp()).isNotNull();
        assertThat(sent.status().containerStatus().containerId()).isEqualTo(container());
        update("t", TaskState.TASK_FINISHED);
        assertThat(agent.acknowledgeAll("t"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(agent.state().executor(KEY)).isPresent();
        assertThat(agent.state().framework(AgentDriver.FRAMEWORK)).isPresent();
    }

    @Test
    void aRepeatedUpdateIsAcknowledgedAndNotForwardedAgain() {
        startAndSubscribe();
        update("t", TaskState.TASK_RUNNING);
        updates--;
        agent.acknowledgeAll("t");
        update("t", TaskState.TASK_RUNNING);

        assertThat(told())
                .filteredOn(event -> event.type() == Event.Type.ACKNOWLEDGED)
                .hasSize(2);
        assertThat(agent.state().stream(AgentDriver.key("t"))).isEmpty();
    }

    @Test
    void callsOfStrangersAreRefused() {
        agent.step(new AgentInput.ExecutorCalled(++number, call("x", "e", Call.Type.UPDATE)));
        agent.step(new AgentInput.ExecutorCalled(++number, call("F", "x", Call.Type.UPDATE)));
        agent.step(new AgentInput.ExecutorCalled(++number, call("F", "e", Call.Type.UPDATE)));

        assertThat(agent.effects(Effect.AnswerExecutor.class))
                .containsExactly(
                        new Effect.AnswerExecutor(1, 400, "Framework cannot be found"),
                        new Effect.AnswerExecutor(2, 400, "Executor cannot be found"),
                        new Effect.AnswerExecutor(3, 403, "Executor is not subscribed"));
    }

    @Test
    void oneThatDoesNotSubscribeInTimeIsDestroyed() {
        ContainerId container = container();
        agent.step(new AgentInput.ContainerStarted(container));
        agent.pass(Duration.ofSeconds(59));
        assertThat(agent.signals(container)).isEmpty();
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.KILL);

        agent.end(container, new Ending.Signaled(9, "Killed"));
        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.reason()).isEqualTo(Reason.REASON_EXECUTOR_REGISTRATION_TIMEOUT);
    }

    @Test
    void itsEndTakesItsTasksAndIsReported() {
        startAndSubscribe();
        update("t", TaskState.TASK_RUNNING);
        agent.end(container(), new Ending.Exited(3));

        assertThat(agent.calls(AgentCall.Type.EXITED_EXECUTOR).getLast().exitedExecutor())
                .isEqualTo(new AgentCall.ExitedExecutor(AgentDriver.FRAMEWORK, ID, 3 << 8));
        assertThat(agent.effects(Effect.CloseExecutorStream.class)).hasSize(1);
        assertThat(agent.effects(Effect.RetireSandbox.class)).hasSize(1);
        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.reason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
        assertThat(last.source()).isEqualTo(TaskStatus.Source.SOURCE_AGENT);
        assertThat(agent.state().framework(AgentDriver.FRAMEWORK)).isEmpty();
    }

    @Test
    void aLaunchThatFailsFailsItsTasks() {
        agent.step(new AgentInput.LaunchFailed(container(), "no such file"));

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.reason()).isEqualTo(Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(last.message()).isEqualTo("no such file");
    }

    @Test
    void aQueuedTaskIsKilledHereAndAnIdleExecutorSentAway() {
        agent.kill("t", Duration.ofSeconds(-1));
        assertThat(agent.acknowledgeAll("t").getLast().reason()).isEqualTo(Reason.REASON_TASK_KILLED_DURING_LAUNCH);

        startAndSubscribe();
        assertThat(told()).extracting(Event::type).containsExactly(Event.Type.SHUTDOWN);
    }

    @Test
    void aDeliveredTaskIsItsExecutorsToKill() {
        startAndSubscribe();
        agent.kill("t", Duration.ofSeconds(7));

        Event.Kill kill = told().getLast().kill();
        assertThat(kill.taskId()).isEqualTo(new TaskId("t"));
        assertThat(kill.killPolicy().gracePeriod().nanoseconds())
                .isEqualTo(Duration.ofSeconds(7).toNanos());
        assertThat(agent.signals(container())).isEmpty();
    }

    @Test
    void messagesGoBothWays() {
        startAndSubscribe();
        Bytes data = Bytes.of(new byte[] {1, 2});
        agent.event(AgentEvent.message(AgentDriver.EPOCH, new AgentEvent.Message(AgentDriver.FRAMEWORK, ID, data)));
        assertThat(told().getLast().message().data()).isEqualTo(data);

        Call call = call("F", "e", Call.Type.MESSAGE).toBuilder()
                .message(new Call.Message(data))
                .build();
        agent.step(new AgentInput.ExecutorCalled(++number, call));
        assertThat(agent.calls(AgentCall.Type.MESSAGE).getLast().message())
                .isEqualTo(new AgentCall.Message(AgentDriver.FRAMEWORK, ID, data));
    }

    @Test
    void isToldToShutDownAndDestroyedAfterItsGrace() {
        startAndSubscribe();
        agent.event(AgentEvent.shutdownExecutor(
                AgentDriver.EPOCH, new AgentEvent.ShutdownExecutor(AgentDriver.FRAMEWORK, ID)));
        assertThat(told().getLast().type()).isEqualTo(Event.Type.SHUTDOWN);
        assertThat(agent.signals(container())).isEmpty();
        run("late");
        assertThat(agent.acknowledgeAll("late").getLast().reason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);

        agent.pass(Duration.ofSeconds(5));
        assertThat(agent.signals(container())).containsExactly(Effect.Signal.KILL);
    }

    @Test
    void aLeavingFrameworkTakesItsExecutorsAlong() {
        startAndSubscribe();
        ContainerId container = container();
        agent.event(AgentEvent.shutdownFramework(
                AgentDriver.EPOCH, new AgentEvent.ShutdownFramework(AgentDriver.FRAMEWORK)));
        assertThat(told().getLast().type()).isEqualTo(Event.Type.SHUTDOWN);
        agent.end(container, new Ending.Exited(0));

        assertThat(agent.state().runs()).isEmpty();
        assertThat(agent.state().executors()).isEmpty();
        assertThat(agent.state().frameworks()).isEmpty();
    }

    @Test
    void survivesTheAgentAndBringsWhatItHolds() {
        startAndSubscribe();
        run("u");
        agent.restart(List.of(new FoundContainer(container(), new Condition.Running())));
        agent.register();
        assertThat(lastSubscribe().executors())
                .extracting(running -> running.executorInfo().executorId())
                .containsExactly(ID);

        TaskStatus held = status("t", TaskState.TASK_RUNNING);
        subscribe(new Call.Subscribe(List.of(), List.of(new Call.Update(held))));
        assertThat(agent.acknowledgeAll("t")).extracting(TaskStatus::state).containsExactly(TaskState.TASK_RUNNING);
        TaskStatus lost = agent.acknowledgeAll("u").getLast();
        assertThat(lost.state()).isEqualTo(TaskState.TASK_LOST);
        assertThat(lost.reason()).isEqualTo(Reason.REASON_AGENT_RESTARTED);
        agent.pass(Duration.ofMinutes(2));
        assertThat(agent.signals(container())).isEmpty();
    }

    @Test
    void aTaskItNamesAsUnacknowledgedIsNotLost() {
        startAndSubscribe();
        TaskInfo known = agent.state().run(AgentDriver.key("t")).orElseThrow().info();
        agent.restart(List.of(new FoundContainer(container(), new Condition.Running())));
        agent.register();
        subscribe(new Call.Subscribe(List.of(known), List.of()));

        assertThat(agent.state().run(AgentDriver.key("t")).orElseThrow().ended())
                .isFalse();
    }

    @Test
    void isDestroyedIfItDoesNotComeBackAfterTheAgentsRestart() {
        startAndSubscribe();
        update("t", TaskState.TASK_RUNNING);
        ContainerId container = container();
        agent.restart(List.of(new FoundContainer(container, new Condition.Running())));
        agent.pass(Duration.ofSeconds(2));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.KILL);
        agent.end(container, new Ending.Signaled(9, "Killed"));
        agent.register();

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_LOST);
        assertThat(last.reason()).isEqualTo(Reason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT);
    }

    @Test
    void aLaunchThatNeverHappenedIsMadeUpForWithItsQueuedTasks() {
        ContainerId first = container();
        agent.restart(List.of());
        agent.register();
        assertThat(container()).isNotEqualTo(first);
        assertThat(agent.effects(Effect.LaunchExecutor.class)).hasSize(1);

        startAndSubscribe();
        assertThat(told()).extracting(Event::type).containsExactly(Event.Type.SUBSCRIBED, Event.Type.LAUNCH);
    }

    @Test
    void aTaskForOneThatIsGoneDoesNotStartItAgain() {
        startAndSubscribe();
        agent.end(container(), new Ending.Exited(0));
        TaskInfo late = task("late").toBuilder().executor(EXECUTOR).build();
        agent.event(AgentEvent.runTask(AgentDriver.EPOCH, new AgentEvent.RunTask(agent.framework, late, false)));

        assertThat(agent.state().executor(KEY)).isEmpty();
        TaskStatus last = agent.acknowledgeAll("late").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_LOST);
        assertThat(last.reason()).isEqualTo(Reason.REASON_EXECUTOR_TERMINATED);
    }

    @Test
    void oneThatEndsWhileTheAgentSubscribesIsReportedAfterTheSubscription() {
        ContainerId container = container();
        agent.restart(List.of(new FoundContainer(container, new Condition.Running())));
        agent.step(new AgentInput.LeaderDetected());
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.effects(Effect.OpenLink.class)).hasSize(1);
        agent.end(container, new Ending.Exited(0));

        assertThat(agent.calls(AgentCall.Type.EXITED_EXECUTOR)).hasSize(1);
    }

    @Test
    void oneThatIsNotStartedAfterAllIsReportedAsEnded() {
        ExecutorInfo empty = EXECUTOR.toBuilder()
                .executorId(new ExecutorId("empty"))
                .command(null)
                .build();
        TaskInfo task = task("bad").toBuilder().executor(empty).build();
        agent.event(AgentEvent.runTask(AgentDriver.EPOCH, new AgentEvent.RunTask(agent.framework, task)));

        assertThat(agent.calls(AgentCall.Type.EXITED_EXECUTOR))
                .extracting(call -> call.exitedExecutor().executorId())
                .containsExactly(new ExecutorId("empty"));
    }

    @Test
    void aGroupForItIsDeliveredWhole() {
        List<TaskInfo> tasks = List.of(task("a"), task("b"));
        agent.event(AgentEvent.runTaskGroup(
                AgentDriver.EPOCH, new AgentEvent.RunTaskGroup(agent.framework, EXECUTOR, tasks)));
        startAndSubscribe();

        assertThat(told().getLast().launchGroup().taskGroup().tasks()).isEqualTo(tasks);
    }

    @Test
    void anotherSubscriptionEndsTheFirst() {
        startAndSubscribe();
        long first = agent.state().subscription(KEY).orElseThrow();
        TaskInfo known = agent.state().run(AgentDriver.key("t")).orElseThrow().info();
        subscribe(new Call.Subscribe(List.of(known), List.of()));
        agent.step(new AgentInput.ExecutorStreamClosed(first));

        assertThat(agent.effects(Effect.CloseExecutorStream.class))
                .extracting(Effect.CloseExecutorStream::stream)
                .containsExactly(first);
        assertThat(agent.state().subscription(KEY)).isPresent();
    }

    private void run(String id) {
        TaskInfo task = task(id).toBuilder().executor(EXECUTOR).build();
        agent.event(AgentEvent.runTask(AgentDriver.EPOCH, new AgentEvent.RunTask(agent.framework, task)));
    }

    private static TaskInfo task(String id) {
        return AgentDriver.task(id).command(null).build();
    }

    private ContainerId container() {
        return agent.state().executor(KEY).orElseThrow().container();
    }

    private void startAndSubscribe() {
        agent.step(new AgentInput.ContainerStarted(container()));
        subscribe();
    }

    private void subscribe() {
        subscribe(new Call.Subscribe(List.of(), List.of()));
    }

    private void subscribe(Call.Subscribe subscribe) {
        Call call = call("F", "e", Call.Type.SUBSCRIBE).toBuilder()
                .subscribe(subscribe)
                .build();
        agent.step(new AgentInput.ExecutorSubscribed(++number, ++number, call));
    }

    private void update(String task, TaskState state) {
        Call call = call("F", "e", Call.Type.UPDATE).toBuilder()
                .update(new Call.Update(status(task, state)))
                .build();
        agent.step(new AgentInput.ExecutorCalled(++number, call));
    }

    private TaskStatus status(String task, TaskState state) {
        byte[] uuid = new byte[16];
        uuid[0] = ++updates;
        return TaskStatus.builder()
                .taskId(new TaskId(task))
                .state(state)
                .source(TaskStatus.Source.SOURCE_EXECUTOR)
                .uuid(Bytes.of(uuid))
                .build();
    }

    private static Call call(String framework, String executor, Call.Type type) {
        ExecutorKey key = ExecutorKey.of(framework, executor);
        return Call.builder()
                .frameworkId(key.framework())
                .executorId(key.executor())
                .type(type)
                .build();
    }

    private List<Event> told() {
        return agent.effects(Effect.TellExecutor.class).stream()
                .map(Effect.TellExecutor::event)
                .toList();
    }

    private AgentCall.Subscribe lastSubscribe() {
        return agent.effects(Effect.OpenLink.class).getLast().subscribe().subscribe();
    }
}
