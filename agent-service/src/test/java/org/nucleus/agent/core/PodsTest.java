package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

/** Task groups in the built-in default executor. */
class PodsTest {
    private static final ExecutorKey KEY = ExecutorKey.of("F", "pod");
    private static final ExecutorInfo EXECUTOR = ExecutorInfo.builder()
            .type(ExecutorInfo.Type.DEFAULT)
            .executorId(KEY.executor())
            .build();

    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void runsEachTaskInAContainerInsideTheExecutorsAndReportsItAsTheExecutors() {
        start("a", "b");

        assertThat(agent.effects(Effect.LaunchContainer.class))
                .allMatch(launch -> launch.executor().isPresent())
                .hasSize(2);
        ContainerId executor = agent.state().executor(KEY).orElseThrow().container();
        List<TaskStatus> statuses = agent.acknowledgeAll("a");
        assertThat(statuses)
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
        assertThat(statuses.getLast().executorId()).isEqualTo(KEY.executor());
        assertThat(statuses.getLast().containerStatus().containerId())
                .isEqualTo(new ContainerId(agent.container("a").value(), executor));
    }

    @Test
    void whenOneFailsTheRestOfItsGroupIsKilledAndAnotherGroupIsNot() {
        start("a", "b");
        start("c");
        ContainerId b = agent.container("b");
        ContainerId c = agent.container("c");
        agent.end(agent.container("a"), new Ending.Exited(1));
        assertThat(agent.signals(b)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofSeconds(3));
        assertThat(agent.signals(b)).contains(Effect.Signal.KILL);
        agent.end(b, new Ending.Signaled(9, "Killed"));

        assertThat(agent.acknowledgeAll("a").getLast().state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(agent.acknowledgeAll("b").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(agent.signals(c)).isEmpty();
        assertThat(agent.state().executor(KEY)).isPresent();
    }

    @Test
    void aTaskThatEndsWellLeavesTheOthersAndTheLastEndsTheExecutor() {
        start("a", "b");
        ContainerId b = agent.container("b");
        agent.end(agent.container("a"), new Ending.Exited(0));
        assertThat(agent.signals(b)).isEmpty();
        assertThat(agent.calls(AgentCall.Type.EXITED_EXECUTOR)).isEmpty();
        agent.end(b, new Ending.Exited(0));

        assertThat(agent.state().executor(KEY)).isEmpty();
        assertThat(agent.calls(AgentCall.Type.EXITED_EXECUTOR).getLast().exitedExecutor())
                .isEqualTo(new AgentCall.ExitedExecutor(KEY.framework(), KEY.executor(), 0));
        assertThat(agent.effects(Effect.RetireSandbox.class))
                .extracting(Effect.RetireSandbox::key)
                .containsExactly(KEY);
        agent.acknowledgeAll("a");
        agent.acknowledgeAll("b");
        assertThat(agent.state().frameworks()).isEmpty();
    }

    @Test
    void killingOneTaskKillsItsGroup() {
        start("a", "b");
        ContainerId a = agent.container("a");
        agent.kill("a", Duration.ZERO);
        assertThat(agent.signals(a)).containsExactly(Effect.Signal.KILL);
        agent.end(a, new Ending.Signaled(9, "Killed"));

        assertThat(agent.signals(agent.container("b"))).containsExactly(Effect.Signal.TERM);
        assertThat(agent.acknowledgeAll("a").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void shuttingTheExecutorDownEndsAllItsTasks() {
        start("a", "b");
        agent.event(AgentEvent.shutdownExecutor(
                AgentDriver.EPOCH, new AgentEvent.ShutdownExecutor(KEY.framework(), KEY.executor())));

        assertThat(agent.signals(agent.container("a"))).containsExactly(Effect.Signal.TERM);
        assertThat(agent.signals(agent.container("b"))).containsExactly(Effect.Signal.TERM);
    }

    @Test
    void aGroupWithATaskItCannotRunIsRefusedWhole() {
        TaskInfo without = AgentDriver.task("b").command(null).build();
        group(List.of(AgentDriver.task("a").build(), without));

        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
        assertThat(agent.state().executors()).isEmpty();
        assertThat(agent.acknowledgeAll("a").getLast().reason()).isEqualTo(Reason.REASON_TASK_GROUP_INVALID);
        assertThat(agent.acknowledgeAll("b").getLast().state()).isEqualTo(TaskState.TASK_ERROR);
    }

    @Test
    void survivesTheAgent() {
        start("a", "b");
        ContainerId a = agent.container("a");
        ContainerId b = agent.container("b");
        agent.restart(List.of(
                new FoundContainer(a, new Condition.Ended(new Ending.Exited(2))),
                new FoundContainer(b, new Condition.Running())));
        agent.register();

        assertThat(agent.signals(b)).containsExactly(Effect.Signal.TERM);
        agent.end(b, new Ending.Exited(0));
        assertThat(agent.acknowledgeAll("b").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(agent.state().executors()).isEmpty();
    }

    private void start(String... ids) {
        group(Stream.of(ids).map(id -> AgentDriver.task(id).build()).toList());
        Stream.of(ids).forEach(id -> agent.step(new AgentInput.ContainerStarted(agent.container(id))));
    }

    private void group(List<TaskInfo> tasks) {
        agent.event(AgentEvent.runTaskGroup(
                AgentDriver.EPOCH, new AgentEvent.RunTaskGroup(agent.framework, EXECUTOR, tasks)));
    }
}
