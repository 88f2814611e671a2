package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.CheckKey.Purpose;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.wire.CheckInfo;
import org.nucleus.wire.CheckStatusInfo;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.HealthCheck;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.NetworkInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;

/** What is asked of running tasks, what is told of the answers, and when a task dies of them. */
class ChecksTest {
    private static final ProbeResult PASSED = new ProbeResult.Answered(200);
    private static final ProbeResult FAILED = new ProbeResult.Answered(500);

    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void theFirstProbeComesAfterTheDelayAndEachNextAnIntervalAfterTheAnswer() {
        ContainerId container = start(http().build());

        agent.pass(Duration.ofSeconds(14));
        assertThat(agent.effects(Effect.StartProbe.class)).isEmpty();
        agent.pass(Duration.ofSeconds(1));
        Effect.StartProbe probe = agent.effects(Effect.StartProbe.class).getLast();
        assertThat(probe.probe()).isEqualTo(new Probe.Http("http", NetworkInfo.Protocol.IPv4, 8080, "/health"));
        assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(20));
        agent.pass(Duration.ofSeconds(5));
        health(container, PASSED);
        agent.pass(Duration.ofSeconds(9));
        assertThat(agent.effects(Effect.StartProbe.class)).hasSize(1);
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.effects(Effect.StartProbe.class)).hasSize(2);
    }

    @Test
    void aChangeOfHealthIsTold() {
        ContainerId container = start(http().consecutiveFailures(5).build());
        agent.pass(Duration.ofSeconds(15));
        health(container, PASSED);
        health(container, PASSED);
        health(container, FAILED);
        health(container, PASSED);

        List<TaskStatus> told = agent.acknowledgeAll("t");
        assertThat(told)
                .extracting(TaskStatus::state)
                .containsExactly(
                        TaskState.TASK_STARTING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING);
        assertThat(told).extracting(TaskStatus::healthy).containsExactly(null, null, true, false, true);
        TaskStatus news = told.getLast();
        assertThat(news.reason()).isEqualTo(Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED);
        assertThat(news.source()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(news.containerStatus()).isEqualTo(told.get(1).containerStatus());
        assertThat(told).extracting(TaskStatus::uuid).doesNotHaveDuplicates();
        assertThat(agent.signals(container)).isEmpty();
    }

    @Test
    void tooManyFailuresInARowKillTheTask() {
        agent.framework = AgentDriver.framework(List.of(new Capability(Capability.Type.TASK_KILLING_STATE)));
        ContainerId container = start(http().build());
        agent.pass(Duration.ofSeconds(25));
        health(container, FAILED);
        health(container, new ProbeResult.Failed("timed out"));
        assertThat(agent.signals(container)).isEmpty();
        health(container, FAILED);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofSeconds(3));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
        agent.end(container, new Ending.Signaled(9, "Killed"));

        List<TaskStatus> told = agent.acknowledgeAll("t");
        assertThat(told.subList(2, told.size())).extracting(TaskStatus::healthy).containsOnly(false);
        assertThat(told.subList(2, told.size()))
                .extracting(TaskStatus::state)
                .containsExactly(
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_KILLING,
                        TaskState.TASK_KILLED);
        assertThat(told.getLast().message()).isEqualTo("Command terminated with signal Killed");
    }

    @Test
    void anUnhealthyTaskGetsTheGraceOfItsPolicy() {
        ContainerId container = start(AgentDriver.task("t")
                .healthCheck(http().gracePeriodSeconds(0).consecutiveFailures(1).build())
                .killPolicy(
                        new KillPolicy(new DurationInfo(Duration.ofMinutes(1).toNanos())))
                .build());
        agent.pass(Duration.ofSeconds(15));
        health(container, FAILED);
        agent.pass(Duration.ofSeconds(59));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM, Effect.Signal.KILL);
    }

    @Test
    void failuresInTheGracePeriodDoNotCount() {
        ContainerId container = start(http().delaySeconds(0)
                .gracePeriodSeconds(60)
                .consecutiveFailures(1)
                .build());
        agent.pass(Duration.ofSeconds(60));
        health(container, FAILED);
        assertThat(agent.acknowledgeAll("t")).hasSize(2);

        agent.pass(Duration.ofMillis(1));
        health(container, FAILED);
        assertThat(agent.acknowledgeAll("t")).extracting(TaskStatus::healthy).containsExactly(false);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
    }

    @Test
    void aHealthyTaskMayBecomeUnhealthyWithinTheGracePeriod() {
        ContainerId container = start(http().delaySeconds(0)
                .gracePeriodSeconds(600)
                .consecutiveFailures(2)
                .build());
        agent.pass(Duration.ZERO);
        health(container, PASSED);
        health(container, FAILED);
        assertThat(agent.signals(container)).isEmpty();
        health(container, FAILED);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
    }

    @Test
    void nobodyAsksATaskThatIsToEnd() {
        ContainerId container =
                start(http().delaySeconds(0).gracePeriodSeconds(0).build());
        agent.pass(Duration.ZERO);
        agent.kill("t", Duration.ofMinutes(10));

        assertThat(agent.effects(Effect.StopProbe.class)).containsExactly(new Effect.StopProbe(key(container)));
        health(container, FAILED);
        agent.pass(Duration.ofMinutes(1));
        assertThat(agent.effects(Effect.StartProbe.class)).hasSize(1);
        assertThat(agent.acknowledgeAll("t")).extracting(TaskStatus::healthy).containsOnlyNulls();
    }

    @Test
    void aTaskThatEndedIsNotAsked() {
        ContainerId container = start(http().build());
        agent.end(container, new Ending.Exited(0));
        agent.pass(Duration.ofMinutes(1));
        assertThat(agent.effects(Effect.StartProbe.class)).isEmpty();
        assertThat(agent.acknowledgeAll("t").getLast().healthy()).isNull();
    }

    @Test
    void askingGoesOnWhenTheAgentIsReplaced() {
        ContainerId container =
                start(http().consecutiveFailures(2).gracePeriodSeconds(600).build());
        agent.pass(Duration.ofSeconds(15));
        health(container, PASSED);
        agent.acknowledgeAll("t");
        agent.restart(List.of(new FoundContainer(container, new FoundContainer.Condition.Running())));
        agent.register();

        agent.pass(Duration.ofSeconds(10));
        assertThat(agent.effects(Effect.StartProbe.class)).hasSize(1);
        health(container, PASSED);
        assertThat(agent.acknowledgeAll("t")).isEmpty();
        health(container, FAILED);
        health(container, FAILED);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);
    }

    @Test
    void aCheckIsToldWheneverItsAnswerChangesAndKillsNothing() {
        CheckInfo check = CheckInfo.builder()
                .type(CheckInfo.Type.COMMAND)
                .command(new CheckInfo.Command(
                        CommandInfo.builder().value("true").build()))
                .build();
        ContainerId container = start(AgentDriver.task("t").check(check).build());
        agent.pass(Duration.ofSeconds(15));
        assertThat(agent.effects(Effect.StartProbe.class).getLast().probe()).isInstanceOf(Probe.Command.class);
        CheckKey key = new CheckKey(container, Purpose.STATUS);
        for (int status : List.of(1, 1, 0)) {
            agent.step(new AgentInput.ProbeDone(key, new ProbeResult.Exited(status)));
        }
        agent.step(new AgentInput.ProbeDone(key, new ProbeResult.Failed("timed out")));
        agent.end(container, new Ending.Exited(0));

        List<TaskStatus> told = agent.acknowledgeAll("t");
        assertThat(told)
                .extracting(TaskStatus::checkStatus)
                .containsExactly(exit(null), exit(null), exit(1), exit(0), exit(null), exit(null));
        assertThat(told.get(2).reason()).isEqualTo(Reason.REASON_TASK_CHECK_STATUS_UPDATED);
        assertThat(told.get(2).state()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(agent.signals(container)).isEmpty();
    }

    private static CheckStatusInfo exit(Integer status) {
        return new CheckStatusInfo(CheckInfo.Type.COMMAND, new CheckStatusInfo.Command(status), null, null);
    }

    private static HealthCheck.Builder http() {
        return HealthCheck.builder()
                .type(HealthCheck.Type.HTTP)
                .http(HealthCheck.HttpCheckInfo.builder()
                        .port(8080)
                        .path("/health")
                        .build());
    }

    private ContainerId start(HealthCheck check) {
        return start(AgentDriver.task("t").healthCheck(check).build());
    }

    private ContainerId start(TaskInfo task) {
        ContainerId container = agent.run(task);
        agent.step(new AgentInput.ContainerStarted(container));
        return container;
    }

    private void health(ContainerId container, ProbeResult result) {
        agent.step(new AgentInput.ProbeDone(key(container), result));
    }

    private static CheckKey key(ContainerId container) {
        return new CheckKey(container, Purpose.HEALTH);
    }
}
