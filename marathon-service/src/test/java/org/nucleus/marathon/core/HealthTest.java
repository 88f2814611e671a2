package org.nucleus.marathon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.marathon.core.Apps.app;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.wire.scheduler.Call;

/** Health checks that Marathon runs itself. */
class HealthTest {
    private final Scenario cluster = Scenario.subscribed();

    private static App checked(int graceSeconds) {
        App app = app("/web", 1);
        HealthCheck check =
                new HealthCheck(HealthCheck.Protocol.HTTP, "/", 0, null, null, graceSeconds, 10, 5, 2, 15, false);
        return new App(
                app.id(),
                app.instances(),
                app.program(),
                app.footprint(),
                app.placement(),
                app.ports(),
                app.policy(),
                List.of(check),
                app.labels(),
                app.dependencies(),
                app.version(),
                app.versionInfo());
    }

    private void starts(int graceSeconds) {
        cluster.put(checked(graceSeconds));
        cluster.offer(4, "r1-a");
        cluster.allRun();
    }

    private void probed(boolean alive) {
        Instance instance = cluster.instances().getFirst();
        cluster.step(new MarathonInput.Probed(instance.id(), instance.incarnation(), 0, alive, "refused"));
    }

    @Test
    void aDeploymentWaitsUntilItsInstancesAreHealthy() {
        starts(300);
        assertThat(cluster.deployments()).hasSize(1);

        probed(true);
        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.instances().getFirst().healthy()).isTrue();
    }

    @Test
    void probesAreRunAtTheTasksPortAndRepeated() {
        starts(300);
        cluster.pass(Duration.ZERO);
        List<Effect.RunProbe> first = cluster.probes();
        cluster.pass(Duration.ofSeconds(10));

        assertThat(first).hasSize(1);
        assertThat(first.getFirst().port())
                .isEqualTo(cluster.instances().getFirst().run().ports().getFirst());
        assertThat(cluster.probes()).hasSize(1);
    }

    @Test
    void failuresWithinTheGraceBeforeTheFirstSuccessAreExcused() {
        starts(300);
        cluster.calls();
        probed(false);
        probed(false);

        assertThat(cluster.calls()).isEmpty();
    }

    @Test
    void tooManyFailuresKillTheInstanceAndAnotherTakesItsPlace() {
        starts(0);
        probed(true);
        cluster.calls();
        probed(false);
        assertThat(cluster.calls()).isEmpty();
        assertThat(cluster.instances().getFirst().healthy()).isFalse();
        probed(false);

        assertThat(cluster.calls()).extracting(Call::type).containsExactly(Call.Type.KILL);
        cluster.allDie();
        assertThat(cluster.instances().getFirst().incarnation()).isEqualTo(2);
    }

    @Test
    void aNewLeaderProbesWhatRuns() {
        starts(300);
        cluster.probes();
        cluster.failOver();
        cluster.pass(Duration.ZERO);

        assertThat(cluster.probes()).hasSize(1);
    }
}
