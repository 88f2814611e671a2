package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nucleus.master.core.state.MasterSettings;
import org.nucleus.master.core.state.RateLimit;
import org.nucleus.wire.AgentId;

/** How fast silent agents are given up. */
class RemovalsTest {
    private World world = new World(settings(new RateLimit(1, Duration.ofMinutes(10))));
    private Player player = new Player(world);

    private static MasterSettings settings(@Nullable RateLimit removals) {
        MasterSettings d = MasterSettings.defaults();
        return new MasterSettings(
                d.agentPingTimeout(),
                d.maxAgentPingTimeouts(),
                d.agentReregisterTimeout(),
                d.offerTimeout(),
                d.allocationInterval(),
                d.allocationDelay(),
                d.minAllocatable(),
                d.weights(),
                d.roles(),
                d.rootSubmissions(),
                d.filterGpuResources(),
                d.maxCompletedFrameworks(),
                d.maxCompletedTasksPerFramework(),
                d.maxUnreachableTasksPerFramework(),
                d.registryMaxAgentAge(),
                d.registryMaxAgentCount(),
                d.registryCleanupInterval(),
                d.heartbeatIntervalSeconds(),
                d.constraintSizeMost(),
                d.requireAgentDomain(),
                removals);
    }

    private void play(String... lines) {
        List.of(lines).forEach(player::play);
    }

    private int unreachable() {
        return world.picture().unreachableAgents().size();
    }

    @Test
    void silentAgentsAreGivenUpOneAfterTheOther() {
        play("elected m", "agent h1 cpus=1", "agent h2 cpus=1", "agent h3 cpus=1");
        play("silent h1", "silent h2", "silent h3", "wait 2m");
        assertThat(unreachable()).isEqualTo(1);
        play("wait 10m");
        assertThat(unreachable()).isEqualTo(2);
        play("wait 10m");
        assertThat(unreachable()).isEqualTo(3);
    }

    @Test
    void anAgentThatIsHeardBeforeItsTurnStays() {
        play("elected m", "agent h1 cpus=1", "agent h2 cpus=1", "silent h1", "silent h2", "wait 2m");
        assertThat(unreachable()).isEqualTo(1);
        world.hear(new AgentId("m-S1"));
        play("wait 30m");
        assertThat(unreachable()).isEqualTo(1);
    }

    @Test
    void agentsThatDidNotComeBackAreGivenUpAsSlowly() {
        play("elected m", "agent h1 cpus=1", "agent h2 cpus=1", "elected n", "wait 601s");
        assertThat(unreachable()).isEqualTo(1);
        play("agent h2 cpus=1 back", "wait 20m");
        assertThat(unreachable()).isEqualTo(1);
    }

    @Test
    void withoutALimitAllGoAtOnce() {
        world = new World(settings(null));
        player = new Player(world);
        play("elected m", "agent h1 cpus=1", "agent h2 cpus=1", "silent h1", "silent h2", "wait 2m");
        assertThat(unreachable()).isEqualTo(2);
    }
}
