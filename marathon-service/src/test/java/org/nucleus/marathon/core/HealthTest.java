package org.nucleus.marathon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.marathon.core.Apps.app;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.scheduler.Call;

/** Health checks that Marathon runs itself, and those that agents run for it. */
class HealthTest {
    private final Scenario cluster = Scenario.subscribed();

    private static App checked(int graceSeconds) {
        return checked(new HealthCheck(
                HealthCheck.Protocol.HTTP, "/", 0, null, null, graceSeconds, 10, 5, 2, 15, false, null));
    }

    private static App checked(HealthCheck check) {
        return Apps.with(app("/web", 1), check);
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

    @Test
    void checksOfTheAgentTravelWithTheTaskAndWhatItTellsCounts() {
        cluster.put(checked(
                new HealthCheck(HealthCheck.Protocol.COMMAND, null, null, null, "true", 7, 10, 5, 2, 15, false, null)));
        cluster.offer(4, "r1-a");
        var sent = Scenario.launched(cluster.calls()).getFirst().healthCheck();
        assertThat(sent.type()).isEqualTo(org.nucleus.wire.HealthCheck.Type.COMMAND);
        assertThat(sent.command().value()).isEqualTo("true");
        assertThat(sent.gracePeriodSeconds()).isEqualTo(7);
        assertThat(sent.consecutiveFailures()).isEqualTo(2);
        cluster.allRun();
        cluster.pass(Duration.ZERO);
        assertThat(cluster.probes()).isEmpty();
        assertThat(cluster.deployments()).hasSize(1);

        tells(true);
        assertThat(cluster.instances().getFirst().healthy()).isTrue();
        assertThat(cluster.deployments()).isEmpty();
        tells(false);
        assertThat(cluster.instances().getFirst().healthy()).isFalse();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"MESOS_HTTP, http", "MESOS_HTTPS, https"})
    void pagesAreAskedForByTheAgentAtTheTasksPort(HealthCheck.Protocol protocol, String scheme) {
        cluster.put(checked(new HealthCheck(protocol, "/fine", 0, null, null, 7, 10, 5, 2, 15, false, null)));
        cluster.offer(4, "r1-a");
        var http = Scenario.launched(cluster.calls()).getFirst().healthCheck().http();
        assertThat(http.scheme()).isEqualTo(scheme);
        assertThat(http.path()).isEqualTo("/fine");
        assertThat(http.port())
                .isEqualTo(cluster.instances().getFirst().run().ports().getFirst());
    }

    private void tells(boolean healthy) {
        cluster.step(new MarathonInput.Updated(TaskStatus.builder()
                .taskId(new TaskId(cluster.instances().getFirst().taskId()))
                .agentId(new AgentId("any"))
                .state(TaskState.TASK_RUNNING)
                .reason(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED)
                .healthy(healthy)
                .uuid(Bytes.of(new byte[] {1}))
                .build()));
    }
}
