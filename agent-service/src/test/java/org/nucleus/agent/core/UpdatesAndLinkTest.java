package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.Link;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

class UpdatesAndLinkTest {
    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void oneUpdateIsInFlightAndTheNextWaitsForItsAcknowledgement() {
        agent.runAndStart("t");
        assertThat(states()).containsExactly(TaskState.TASK_STARTING);
        assertThat(agent.calls(AgentCall.Type.UPDATE).getFirst().update().latestState())
                .isEqualTo(TaskState.TASK_STARTING);

        agent.acknowledge("t", head("t"));
        assertThat(states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void anUnacknowledgedUpdateIsSentAgainTwiceAsLateEachTime() {
        agent.runAndStart("t");
        agent.pass(Duration.ofSeconds(9));
        assertThat(states()).hasSize(1);
        agent.pass(Duration.ofSeconds(1));
        assertThat(states()).hasSize(2);
        agent.pass(Duration.ofSeconds(20));
        assertThat(states()).hasSize(3);
        agent.pass(Duration.ofSeconds(40));
        assertThat(states()).hasSize(4).containsOnly(TaskState.TASK_STARTING);
    }

    @Test
    void acknowledgementsOfAnythingElseAreIgnored() {
        agent.runAndStart("t");
        Bytes first = head("t");
        agent.acknowledge("t", first);
        agent.acknowledge("t", first);
        agent.acknowledge("t", Bytes.of(new byte[16]));

        assertThat(states()).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
        assertThat(agent.state().run(AgentDriver.key("t"))).isPresent();
    }

    @Test
    void withoutAMasterUpdatesWaitAndGoAllAtOnceLater() {
        ContainerId container = agent.runAndStart("t");
        agent.step(new AgentInput.LinkClosed(agent.state().lastLink(), "broken"));
        agent.effects.clear();
        agent.end(container, new Ending.Exited(0));
        agent.pass(Duration.ofSeconds(30));
        assertThat(agent.calls(AgentCall.Type.UPDATE)).isEmpty();

        agent.event(AgentEvent.subscribed(AgentDriver.EPOCH, new AgentEvent.Subscribed(AgentDriver.AGENT, 75)));
        assertThat(states()).containsExactly(TaskState.TASK_STARTING);
        assertThat(agent.calls(AgentCall.Type.UPDATE).getFirst().update().latestState())
                .isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void aNewSubscriptionCarriesTheInventory() {
        agent.runAndStart("t");
        agent.step(new AgentInput.LinkClosed(agent.state().lastLink(), "broken"));
        agent.pass(Duration.ofSeconds(1));

        AgentCall subscribe = agent.effects(Effect.OpenLink.class).getLast().subscribe();
        assertThat(subscribe.agentId()).isEqualTo(AgentDriver.AGENT);
        assertThat(subscribe.subscribe().tasks()).extracting(Task::state).containsExactly(TaskState.TASK_RUNNING);
        assertThat(subscribe.subscribe().frameworks()).containsExactly(agent.framework);
    }

    @Test
    void aMasterOfAnEarlierTermIsLeft() {
        agent.step(new AgentInput.LinkClosed(agent.state().lastLink(), "broken"));
        agent.pass(Duration.ofSeconds(1));
        agent.event(AgentEvent.subscribed(AgentDriver.EPOCH - 1, new AgentEvent.Subscribed(AgentDriver.AGENT, 75)));

        assertThat(agent.effects(Effect.CloseLink.class)).hasSize(1);
        assertThat(agent.state().link()).isInstanceOf(Link.Waiting.class);
    }

    @Test
    void aCommandOfAnEarlierTermDoesNothingAlsoAfterARestart() {
        agent.restart(List.of());
        agent.step(new AgentInput.LeaderDetected());
        agent.pass(Duration.ofSeconds(1));
        agent.event(AgentEvent.subscribed(AgentDriver.EPOCH - 1, new AgentEvent.Subscribed(AgentDriver.AGENT, 75)));

        assertThat(agent.state().link()).isInstanceOf(Link.Waiting.class);
    }

    @Test
    void eventsOfAnEarlierLinkAreIgnored() {
        long old = agent.state().lastLink();
        agent.step(new AgentInput.LinkClosed(old, "broken"));
        agent.pass(Duration.ofSeconds(1));
        agent.step(new AgentInput.EventReceived(old, AgentEvent.ping(AgentDriver.EPOCH)));
        agent.step(new AgentInput.LinkClosed(old, "again"));

        assertThat(agent.calls(AgentCall.Type.PONG)).isEmpty();
        assertThat(agent.state().link()).isInstanceOf(Link.Opening.class);
    }

    @Test
    void pingsAreAnsweredAndTheirAbsenceEndsTheLink() {
        agent.pass(Duration.ofSeconds(60));
        agent.event(AgentEvent.ping(AgentDriver.EPOCH));
        assertThat(agent.calls(AgentCall.Type.PONG)).hasSize(1);
        agent.pass(Duration.ofSeconds(74));
        assertThat(agent.state().link()).isInstanceOf(Link.Registered.class);
        agent.pass(Duration.ofSeconds(1));
        assertThat(agent.effects(Effect.CloseLink.class)).hasSize(1);
    }

    @Test
    void attemptsAreSpreadFurtherAndFurtherUpToAMinute() {
        AgentDriver fresh = new AgentDriver();
        fresh.start(List.of());
        fresh.step(new AgentInput.LeaderDetected());
        for (int attempt = 0; attempt < 12; attempt++) {
            fresh.pass(Duration.ofSeconds(61));
            fresh.step(new AgentInput.LinkClosed(fresh.state().lastLink(), "refused"));
        }
        assertThat(fresh.effects(Effect.OpenLink.class)).hasSize(12);
        assertThat(fresh.state().backoff()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void withoutALeaderNothingIsTried() {
        agent.step(new AgentInput.LeaderLost());
        agent.effects.clear();
        agent.pass(Duration.ofMinutes(5));

        assertThat(agent.effects(Effect.OpenLink.class)).isEmpty();
        assertThat(agent.state().link()).isInstanceOf(Link.Idle.class);
    }

    private Bytes head(String task) {
        return agent.state().stream(AgentDriver.key(task))
                .orElseThrow()
                .pending()
                .getFirst()
                .uuid();
    }

    private List<TaskState> states() {
        return agent.calls(AgentCall.Type.UPDATE).stream()
                .map(call -> call.update().status().state())
                .toList();
    }
}
