package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;

class RecoveryTest {
    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void aRunningTaskIsAdoptedAndReportedWithWhatWasNotAcknowledged() {
        ContainerId container = agent.runAndStart("t");
        agent.restart(List.of(new FoundContainer(container, new Condition.Running())));
        agent.register();

        assertThat(agent.signals(container)).isEmpty();
        assertThat(agent.calls(AgentCall.Type.UPDATE)).hasSize(1);
        agent.end(container, new Ending.Exited(0));
        assertThat(agent.acknowledgeAll("t"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    }

    @Test
    void aTaskThatEndedMeanwhileIsReportedWithItsStatus() {
        ContainerId container = agent.runAndStart("t");
        agent.restart(List.of(new FoundContainer(container, new Condition.Ended(new Ending.Exited(3)))));
        agent.register();

        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_FAILED);
        assertThat(last.message()).isEqualTo("Command exited with status 3");
        assertThat(agent.effects(Effect.ForgetContainer.class)).isNotEmpty();
    }

    @Test
    void aLaunchThatNeverHappenedHappensOnceMoreUnderAnotherName() {
        ContainerId first = agent.run("t");
        agent.restart(List.of());

        assertThat(agent.effects(Effect.LaunchContainer.class)).hasSize(1);
        assertThat(agent.container("t")).isNotEqualTo(first);
        ContainerId second = agent.container("t");
        agent.restart(List.of(new FoundContainer(second, new Condition.Running())));
        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
    }

    @Test
    void aLaunchThatHappenedUnseenIsAdopted() {
        ContainerId container = agent.run("t");
        agent.restart(List.of(new FoundContainer(container, new Condition.Running())));
        agent.register();

        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
        assertThat(agent.acknowledgeAll("t"))
                .extracting(TaskStatus::state)
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void aKillGoesOnAfterARestart() {
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", Duration.ofSeconds(20));
        agent.restart(List.of(new FoundContainer(container, new Condition.Running())));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofSeconds(20));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
        agent.register();
        agent.end(container, new Ending.Signaled(9, "Killed"));
        assertThat(agent.acknowledgeAll("t").getLast().state()).isEqualTo(TaskState.TASK_KILLED);
    }

    @Test
    void aTaskKilledBeforeItsLaunchIsNotLaunchedAfterARestart() {
        agent.run("t");
        agent.kill("t", Duration.ofSeconds(-1));
        agent.restart(List.of());
        agent.register();

        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
        assertThat(agent.acknowledgeAll("t").getFirst().reason()).isEqualTo(Reason.REASON_TASK_KILLED_DURING_LAUNCH);
    }

    @Test
    void aRunningTaskOfWhichNothingIsLeftIsLost() {
        agent.runAndStart("t");
        agent.restart(List.of());
        agent.register();

        assertThat(agent.acknowledgeAll("t").getLast().state()).isEqualTo(TaskState.TASK_LOST);
    }

    @Test
    void whatNoTaskOwnsDiesAndIsForgotten() {
        ContainerId stray = new ContainerId("stray", null);
        ContainerId dead = new ContainerId("dead", null);
        agent.restart(List.of(
                new FoundContainer(stray, new Condition.Running()),
                new FoundContainer(dead, new Condition.Ended(new Ending.Exited(0)))));
        assertThat(agent.signals(stray)).containsExactly(Effect.Signal.KILL);
        assertThat(agent.effects(Effect.ForgetContainer.class)).containsExactly(new Effect.ForgetContainer(dead));

        agent.end(stray, new Ending.Signaled(9, "Killed"));
        assertThat(agent.effects(Effect.ForgetContainer.class)).contains(new Effect.ForgetContainer(stray));
    }

    @Test
    void cleaningUpKillsWhatRunsThenStops() {
        ContainerId container = agent.runAndStart("t");
        AgentDriver next = new AgentDriver();
        next.step(new AgentInput.Started(
                AgentDriver.settings(true),
                1,
                agent.journal.asChanges(),
                List.of(new FoundContainer(container, new Condition.Running()))));
        assertThat(next.signals(container)).containsExactly(Effect.Signal.TERM);
        next.end(container, new Ending.Exited(0));

        assertThat(next.effects(Effect.Stop.class)).hasSize(1);
    }

    @Test
    void theShortestHistoryLeadsToTheSameState() {
        agent.runAndStart("a");
        agent.run("b");
        agent.kill("a", Duration.ofSeconds(5));
        agent.kill("unknown", Duration.ZERO);
        List<Change.Durable> before = agent.journal.asChanges();
        agent.restart(List.of(
                new FoundContainer(agent.container("a"), new Condition.Running()),
                new FoundContainer(agent.container("b"), new Condition.Running())));

        assertThat(agent.state().streams().keySet()).contains(AgentDriver.key("unknown"));
        assertThat(before).isNotEmpty();
        assertThat(agent.journal.asChanges())
                .containsAll(before.stream()
                        .filter(Change.UpdateQueued.class::isInstance)
                        .toList());
    }
}
