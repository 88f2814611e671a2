package org.nucleus.marathon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.marathon.core.Apps.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Policy;
import org.nucleus.marathon.core.state.ReadinessCheck;
import org.nucleus.wire.TaskState;

/** Gates, deadlines and rollbacks of deployments, and what is no deployment of instances at all. */
class DeploymentLimitsTest {
    private final Scenario cluster = Scenario.subscribed();

    private void runs(App app) {
        cluster.put(app);
        cluster.offer(8, "r1-a", "r2-b");
        cluster.allRun();
        assertThat(cluster.deployments()).isEmpty();
    }

    private static App limited(String cmd, Policy.Limits limits) {
        App app = app("/web", 1, cmd, List.of());
        return Apps.with(app, Apps.policy(1, 1, limits, false));
    }

    @Test
    void aDeploymentWaitsUntilItsInstancesSayThatTheyAreReady() {
        var check = new ReadinessCheck("ready", false, "/", "http", 5, 2, List.of(200), true);
        cluster.put(Apps.with(app("/web", 1), check));
        cluster.offer(4, "r1-a");
        cluster.allRun();
        var step = cluster.step(new MarathonInput.TimerFired(new org.nucleus.marathon.core.state.TimerKey.Readiness(
                cluster.instances().getFirst().id())));
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.RunReadiness.class);
        says(false);
        assertThat(cluster.deployments()).hasSize(1);

        says(true);
        assertThat(cluster.deployments()).isEmpty();
    }

    private void says(boolean ready) {
        Instance instance = cluster.instances().getFirst();
        cluster.step(new MarathonInput.ReadinessProbed(instance.id(), instance.incarnation(), ready, null));
    }

    @Test
    void atItsDeadlineADeploymentGoesBackToWhatWasBefore() {
        runs(app("/web", 1));
        List<Instance> before = cluster.running();
        cluster.put(limited("sleep 5", new Policy.Limits(60, null, true)));
        cluster.pass(Duration.ofSeconds(59));
        assertThat(cluster.app("/web").orElseThrow().program().cmd()).isEqualTo("sleep 5");

        cluster.pass(Duration.ofSeconds(2));
        assertThat(cluster.app("/web").orElseThrow().program().cmd()).isEqualTo("sleep 100");
        assertThat(cluster.running()).containsExactlyElementsOf(before);
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void theDeadlineSurvivesAFailover() {
        runs(app("/web", 1));
        cluster.put(limited("sleep 5", new Policy.Limits(60, null, true)));
        cluster.pass(Duration.ofSeconds(30));
        cluster.failOver();
        cluster.pass(Duration.ofSeconds(31));

        assertThat(cluster.app("/web").orElseThrow().program().cmd()).isEqualTo("sleep 100");
    }

    @Test
    void tooManyFailuresEndADeploymentWithoutGoingBackUnlessAsked() {
        runs(app("/web", 1));
        cluster.put(limited("false", new Policy.Limits(null, 1, false)));
        for (int failures = 0; failures < 2; failures++) {
            cluster.pass(Duration.ofSeconds(10));
            cluster.offer(8, "r1-a");
            cluster.instances().stream()
                    .filter(one -> one.isLaunched() && !one.isRunning())
                    .forEach(one -> cluster.status(one.taskId(), TaskState.TASK_FAILED));
        }

        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.app("/web").orElseThrow().program().cmd()).isEqualTo("false");
    }

    @Test
    void newLabelsRestartNothing() {
        runs(app("/web", 2));
        List<Instance> before = cluster.running();
        App known = cluster.app("/web").orElseThrow();
        cluster.put(app("/web", 2).withLabels(Map.of("tier", "b")));

        App after = cluster.app("/web").orElseThrow();
        assertThat(after.labels()).containsEntry("tier", "b");
        assertThat(after.versionInfo()).isEqualTo(known.versionInfo());
        assertThat(after.version()).isNotEqualTo(known.version());
        assertThat(cluster.running()).isEqualTo(before);
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void aForcedChangeOfScaleReplacesWhatAnEndedUpgradeLeftBehind() {
        runs(Apps.with(app("/web", 2), Apps.policy(0.5, 0.5)));
        cluster.put(Apps.with(app("/web", 2, "sleep 5", List.of()), Apps.policy(0.5, 0.5)));
        App target = cluster.app("/web").orElseThrow();
        cluster.edit(new Edit.PutApp(target.withInstances(3), target.version()), true);
        for (int i = 0; i < 10; i++) {
            cluster.allDie();
            cluster.offer(8, "r1-a", "r2-b");
            cluster.allRun();
        }

        App now = cluster.app("/web").orElseThrow();
        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.running()).hasSize(3).allMatch(now::isCurrent);
    }

    @Test
    void launchesStayPutOffAfterAFailover() {
        cluster.put(app("/web", 1));
        cluster.offer(4, "r1-a");
        cluster.status(cluster.instances().getFirst().taskId(), TaskState.TASK_FAILED);
        cluster.calls();
        cluster.failOver();
        cluster.offer(4, "r1-a");
        assertThat(Scenario.launched(cluster.calls())).isEmpty();

        cluster.pass(Duration.ofSeconds(2));
        cluster.offer(4, "r1-a");
        assertThat(Scenario.launched(cluster.calls())).hasSize(1);
    }

    @Test
    void eachEventHasTheNextNumberAlsoAfterAFailover() {
        runs(app("/web", 1));
        cluster.failOver();
        var step = cluster.step(new MarathonInput.Change(
                9,
                List.of(new Edit.RemoveApp(app("/web", 1).id())),
                false,
                org.nucleus.marathon.core.state.Origin.MARATHON));
        List<Long> ids = step.effects().stream()
                .flatMap(effect -> effect instanceof Effect.Publish(var id, var ignored)
                        ? java.util.stream.Stream.of(id)
                        : java.util.stream.Stream.empty())
                .toList();
        assertThat(ids).isNotEmpty().isSorted();
        assertThat(ids.getFirst()).isGreaterThan(5);
    }
}
