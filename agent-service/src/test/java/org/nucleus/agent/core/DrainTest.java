package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/** An agent that is told to drain. */
class DrainTest {
    private final AgentDriver agent = AgentDriver.registered();

    private void drain(Duration most, boolean gone) {
        DrainConfig config = new DrainConfig(new DurationInfo(most.toNanos()), gone);
        agent.event(AgentEvent.drain(AgentDriver.EPOCH, new AgentEvent.Drain(config)));
    }

    @Test
    void tasksAreKilledForTheDrain() {
        ContainerId container = agent.runAndStart("t");
        drain(Duration.ofSeconds(10), false);
        assertThat(agent.signals(container)).containsExactly(Effect.Signal.TERM);

        agent.end(container, new Ending.Signaled(15, "SIGTERM"));
        TaskStatus last = agent.acknowledgeAll("t").getLast();
        assertThat(last.state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(last.reason()).isEqualTo(Reason.REASON_AGENT_DRAINING);
    }

    @Test
    void theShorterGraceCounts() {
        ContainerId patient = agent.run(AgentDriver.task("t")
                .killPolicy(
                        new KillPolicy(new DurationInfo(Duration.ofSeconds(60).toNanos())))
                .build());
        agent.step(new AgentInput.ContainerStarted(patient));
        drain(Duration.ofSeconds(10), false);

        agent.pass(Duration.ofSeconds(9));
        assertThat(agent.signals(patient)).containsExactly(Effect.Signal.TERM);
        agent.pass(Duration.ofSeconds(2));
        assertThat(agent.signals(patient)).startsWith(Effect.Signal.TERM, Effect.Signal.KILL);
    }

    @Test
    void tasksOfAnAgentThatWillBeGoneAreGoneByItsOperator() {
        ContainerId container = agent.runAndStart("t");
        drain(Duration.ZERO, true);
        agent.end(container, new Ending.Signaled(9, "SIGKILL"));

        assertThat(agent.acknowledgeAll("t").getLast().state()).isEqualTo(TaskState.TASK_GONE_BY_OPERATOR);
    }

    @Test
    void afterTheDrainTasksRunAsEver() {
        drain(Duration.ZERO, false);
        ContainerId container = agent.runAndStart("t");
        agent.kill("t", Duration.ZERO);
        agent.end(container, new Ending.Signaled(9, "SIGKILL"));

        List<TaskStatus> statuses = agent.acknowledgeAll("t");
        assertThat(statuses.getLast().state()).isEqualTo(TaskState.TASK_KILLED);
        assertThat(statuses.getLast().reason()).isNotEqualTo(Reason.REASON_AGENT_DRAINING);
    }
}
