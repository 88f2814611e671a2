package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.ExecutorInfo;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.TaskStatus.Source;
import org.nucleus.wire.Value;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

class TaskRunsTest {
    private static final Duration NO_POLICY = Duration.ofSeconds(-1);

    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void aTaskIsStoredBeforeItIsLaunched() {
        var step = agent.event(AgentEvent.runTask(
                AgentDriver.EPOCH,
                new AgentEvent.RunTask(agent.framework, AgentDriver.task("t").build())));

        assertThat(step.durable()).hasAtLeastOneElementOfType(Change.TaskAccepted.class);
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.LaunchContainer.class);
    }

    @Test
    void aTaskThatIsKnownIsNotLaunchedAgain() {
        agent.run("t");
        agent.run("t");

        assertThat(agent.effects(Effect.LaunchContainer.class)).hasSize(1);
    }

    @Test
    void aTaskStartsRunsAndFinishes() {
        ContainerId container = agent.runAndStart("t");
        agent.end(container, new Ending.Exited(0));

        assertThat(agent.acknowledgeAll("t"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(agent.state().runs()).isEmpty();
        assertThat(agent.state().frameworks()).isEmpty();
        assertThat(agent.state().completed()).hasSize(1);
    }

    static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(new Ending.Exited(0), TaskState.TASK_FINISHED, "Command exited with status 0"),
                Arguments.of(new Ending.Exited(1), TaskState.TASK_FAILED, "Command exited with status 1"),
                Arguments.of(
                        new Ending.Signaled(9, "Killed"),
                        TaskState.TASK_FAILED,
                        "Command terminated with signal Killed"),
                Arguments.of(
                        new Ending.Lost("no status"),
                        TaskState.TASK_FAILED,
                        "Failed to get exit status for Command: no status"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("endings")
    void anEndIsReportedInTheOriginalsWords(Ending ending, TaskState state, String message) {
        agent.end(agent.runAndStart("t"), ending);

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(state);
        assertThat(last.message()).isEqualTo(message);
        assertThat(last.source()).isEqualTo(Source.SOURCE_EXECUTOR);
        assertThat(last.reason()).isNull();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"MEMORY, REASON_CONTAINER_LIMITATION_MEMORY, mem", "DISK, REASON_CONTAINER_LIMITATION_DISK, disk"})
    void aTaskThatUsedTooMuchFailsForThatReason(Ending.Resource what, TaskStatus.Reason reason, String resource) {
        agent.end(agent.runAndStart("t"), new Ending.Limited(what, 96 << 20, "too much"));

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.source()).isEqualTo(Source.SOURCE_AGENT);
        assertThat(last.reason()).isEqualTo(reason);
        assertThat(last.message()).isEqualTo("too much");
        assertThat(Objects.requireNonNull(last.limitation()).resources())
                .singleElement()
                .satisfies(used -> {
                    assertThat(used.name()).isEqualTo(resource);
                    assertThat(used.scalar()).isEqualTo(new Value.Scalar(96));
                });
    }

    @ParameterizedTest(name = "{0} after a kill -> TASK_KILLED")
    @MethodSource("endings")
    void onceAKillWasAskedTheEndIsAlwaysKilled(Ending ending, TaskState ignored, String message) {
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", NO_POLICY);
        agent.end(container, ending);

        assertThat(agent.acknowledgeAll("t").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void aKillAsksThenForcesAfterThreeSeconds() {
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", NO_POLICY);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);

        agent.pass(Duration.ofMillis(2_999));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofMillis(1));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
    }

    @Test
    void theTasksPolicyCountsBeforeTheDefaultAndTheCallsBeforeThat() {
        KillPolicy ten = new KillPolicy(new DurationInfo(Duration.ofSeconds(10).toNanos()));
        TaskInfo patient = AgentDriver.task("a").killPolicy(ten).build();
        TaskInfo hurried = AgentDriver.task("b").killPolicy(ten).build();
        agent.run(patient);
        agent.run(hurried);
        agent.step(new AgentInput.ContainerStarted(agent.container("a")));
        agent.step(new AgentInput.ContainerStarted(agent.container("b")));

        agent.kill("a", NO_POLICY);
        agent.kill("b", Duration.ofSeconds(1));

        assertThat(deadline("a")).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline("b")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aSecondKillMayOnlyShortenTheGrace() {
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", Duration.ofSeconds(20));
        agent.pass(Duration.ofSeconds(2));
        agent.kill("t", Duration.ofSeconds(30));
        assertThat(deadline("t")).isEqualTo(Duration.ofSeconds(20));
        agent.kill("t", Duration.ofSeconds(5));
        assertThat(deadline("t")).isEqualTo(Duration.ofSeconds(5));

        agent.pass(Duration.ofSeconds(3));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
    }

    @Test
    void killingIsAnnouncedToWhoCanHearIt() {
        agent.framework = AgentDriver.framework(
                List.of(new FrameworkInfo.Capability(FrameworkInfo.Capability.Type.TASK_KILLING_STATE)));
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", NO_POLICY);
        agent.end(container, new Ending.Signaled(15, "Terminated"));

        assertThat(agent.acknowledgeAll("t"))
                .extracting(TaskStatus::state)
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING, TaskState.TASK_KILLED);
    }

    @Test
    void aKillDuringTheLaunchStopsIt() {
        ContainerId container = agent.run("t");
        agent.kill("t", NO_POLICY);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.KILL);
        agent.step(new AgentInput.LaunchFailed(container, "aborted"));

        TaskStatus only = agent.acknowledgeAll("t").getFirst();
        assertThat(only.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(only.reason()).isEqualTo(Reason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void aFailedLaunchFailsTheTaskWithItsMessage() {
        ContainerId container = agent.run("t");
        agent.step(new AgentInput.LaunchFailed(container, "Failed to fetch all URIs"));

        TaskStatus only = agent.acknowledgeAll("t").getFirst();
        assertThat(only.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(only.reason()).isEqualTo(Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(only.message()).isEqualTo("Failed to fetch all URIs");
    }

    @Test
    void aTaskThatTakesTooLongFailsWithoutGrace() {
        TaskInfo limited = AgentDriver.task("t")
                .maxCompletionTime(new DurationInfo(Duration.ofSeconds(30).toNanos()))
                .build();
        ContainerId container = agent.run(limited);
        agent.step(new AgentInput.ContainerStarted(container));
        agent.pass(Duration.ofSeconds(30));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.KILL);
        agent.end(container, new Ending.Signaled(9, "Killed"));

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.reason()).isEqualTo(Reason.REASON_MAX_COMPLETION_TIME_REACHED);
    }

    @Test
    void anUnknownTaskIsAnsweredOnceUntilAcknowledged() {
        agent.kill("x", NO_POLICY);
        agent.kill("x", NO_POLICY);

        List<TaskStatus> answers = agent.acknowledgeAll("x");
        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().state()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void whatThisAgentCannotRunIsRefusedInWords() {
        agent.run(AgentDriver.task("e")
                .executor(ExecutorInfo.builder().executorId(new ExecutorId("x")).build())
                .build());

        TaskStatus only = agent.acknowledgeAll("e").getFirst();
        assertThat(only.state()).isEqualTo(TaskState.TASK_ERROR);
        assertThat(only.reason()).isEqualTo(Reason.REASON_TASK_INVALID);
        assertThat(only.message()).contains("has no command");
        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
    }

    @Test
    void aContainerNobodyOwnsIsKilledWhenItStarts() {
        ContainerId stray = new ContainerId("stray", null);
        agent.step(new AgentInput.ContainerStarted(stray));

        assertThat(agent.signals(stray)).containsExactly(Effect.Signal.KILL);
    }

    @Test
    void aFrameworkThatIsGoneTakesItsTasksAlongAndHearsNothing() {
        ContainerId container = agent.runAndStart("t");
        agent.event(AgentEvent.shutdownFramework(
                AgentDriver.EPOCH, new AgentEvent.ShutdownFramework(AgentDriver.FRAMEWORK)));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
        agent.end(container, new Ending.Signaled(15, "Terminated"));

        assertThat(agent.state().runs()).isEmpty();
        assertThat(agent.state().streams()).isEmpty();
        assertThat(agent.state().frameworks()).isEmpty();
        assertThat(agent.calls(AgentCall.Type.UPDATE)
                        .getLast()
                        .update()
                        .status()
                        .state())
                .isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void ofTheTasksTheMasterAsksForTheUnknownAreReportedLost() {
        agent.runAndStart("known");
        agent.event(AgentEvent.reconcileTasks(
                AgentDriver.EPOCH,
                new AgentEvent.ReconcileTasks(
                        AgentDriver.FRAMEWORK,
                        List.of(
                                AgentDriver.key("known").task(),
                                AgentDriver.key("gone").task()))));

        assertThat(agent.acknowledgeAll("gone").getFirst().reason()).isEqualTo(Reason.REASON_RECONCILIATION);
        assertThat(agent.acknowledgeAll("known"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void aDismissedAgentKillsAllForgetsItselfAndStops() {
        ContainerId container = agent.runAndStart("t");
        agent.event(AgentEvent.shutdown(AgentDriver.EPOCH, new AgentEvent.Shutdown("gone")));
        assertThat(agent.effects(Effect.CloseLink.class)).hasSize(1);
        assertThat(agent.effects(Effect.Stop.class)).isEmpty();
        agent.pass(Duration.ofSeconds(5));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
        agent.end(container, new Ending.Signaled(9, "Killed"));

        assertThat(agent.effects(Effect.Stop.class)).hasSize(1);
        assertThat(agent.state().agentId()).isEmpty();
        assertThat(agent.journal.asChanges()).containsExactly(new Change.EpochAdvanced(AgentDriver.EPOCH));
    }

    @Test
    void tasksThatAreUnwantedEndAndAreStillReported() {
        ContainerId container = agent.runAndStart("t");
        agent.step(new AgentInput.TasksUnwanted());
        agent.end(container, new Ending.Signaled(15, "Terminated"));
        agent.event(AgentEvent.runTask(
                AgentDriver.EPOCH,
                new AgentEvent.RunTask(agent.framework, AgentDriver.task("late").build())));

        assertThat(agent.state().anyTaskAlive()).isFalse();
        assertThat(agent.state().agentId()).contains(AgentDriver.AGENT);
        assertThat(agent.effects(Effect.LaunchContainer.class)).hasSize(1);
        assertThat(agent.acknowledgeAll("t").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    private Duration deadline(String task) {
        var die = (Intent.Die)
                agent.state().run(AgentDriver.key(task)).orElseThrow().intent();
        return Duration.between(die.asked(), die.deadline());
    }
}
