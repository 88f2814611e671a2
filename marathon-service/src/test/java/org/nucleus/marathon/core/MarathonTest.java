package org.nucleus.marathon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.marathon.core.Apps.app;
import static org.nucleus.marathon.core.Scenario.launched;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.Answer;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Change;
import org.nucleus.marathon.core.state.Condition;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Effect;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.core.state.RejectReason;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;

/** Stories of apps, from request to running tasks, and what goes wrong on the way. */
class MarathonTest {
    private final Scenario cluster = Scenario.subscribed();

    private void runs(App app) {
        cluster.put(app);
        converge();
        assertThat(cluster.deployments()).isEmpty();
    }

    /** Offers, lets tasks start and die, until nothing moves any more. */
    private void converge() {
        for (int i = 0; i < 50 && !cluster.deployments().isEmpty(); i++) {
            cluster.offer(4, "r1-a", "r2-b", "r3-c");
            cluster.allRun();
            cluster.allDie();
        }
    }

    private static List<Call.Type> types(List<Call> calls) {
        return calls.stream().map(Call::type).toList();
    }

    @Test
    void idleItAsksForNoOffers() {
        assertThat(types(cluster.calls())).containsExactly(Call.Type.RECONCILE, Call.Type.SUPPRESS);
    }

    @Test
    void aNewAppAsksForOffersAtOnceAndIsStoredBeforeItIsAnswered() {
        cluster.calls();
        var step = cluster.step(
                new MarathonInput.Change(7, List.of(new Edit.PutApp(app("/web", 2), null)), false, Origin.MARATHON));

        assertThat(step.durable()).hasAtLeastOneElementOfType(Change.DeploymentStored.class);
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Reply.class);
        assertThat(types(cluster.calls())).containsExactly(Call.Type.REVIVE);
        assertThat(cluster.deployments()).hasSize(1);
    }

    @Test
    void anInstanceIsStoredInTheStepThatLaunchesIt() {
        cluster.put(app("/web", 1));
        cluster.calls();
        cluster.offer(4, "r1-a");

        Instance instance = cluster.instances().getFirst();
        assertThat(instance.condition()).isEqualTo(Condition.PROVISIONED);
        List<Call> calls = cluster.calls();
        assertThat(types(calls)).containsExactly(Call.Type.ACCEPT, Call.Type.SUPPRESS);
        TaskInfo task = launched(calls).getFirst();
        assertThat(task.taskId().value())
                .isEqualTo(instance.taskId())
                .matches("web\\.instance-[0-9a-f-]{36}\\._app\\.1");
        assertThat(task.name()).isEqualTo("web");
        assertThat(task.command().environment().variables())
                .extracting(variable -> variable.name())
                .contains(
                        "HOST",
                        "PORT",
                        "PORT0",
                        "PORTS",
                        "PORT_HTTP",
                        "PORT_10000",
                        "MARATHON_APP_ID",
                        "MESOS_TASK_ID",
                        "MARATHON_APP_LABEL_TIER",
                        "A");
    }

    @Test
    void instancesSpreadOverTheAgentsThatWereOfferedTogether() {
        cluster.put(app("/web", 3));
        cluster.offer(4, "r1-a", "r2-b", "r3-c");

        assertThat(cluster.instances())
                .extracting(one -> one.run().host())
                .containsExactlyInAnyOrder("r1-a", "r2-b", "r3-c");
    }

    @Test
    void uselessOffersAreDeclinedAndCountedByReason() {
        cluster.put(app("/web", 1));
        cluster.calls();
        cluster.offer(0.01, "r1-a");

        Call decline = cluster.calls().getFirst();
        assertThat(decline.decline().filters().refuseSeconds()).isEqualTo(120);
        Answer.Queue queue = (Answer.Queue) cluster.ask(MarathonInput.AskQueue::new);
        assertThat(queue.apps().getFirst().tally().declined()).containsEntry(RejectReason.INSUFFICIENT_CPUS, 1);
    }

    @Test
    void statusesAreAcknowledgedAndEndTheDeployment() {
        cluster.put(app("/web", 1));
        cluster.offer(4, "r1-a");
        cluster.calls();
        cluster.allRun();

        assertThat(types(cluster.calls())).containsExactly(Call.Type.ACKNOWLEDGE);
        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.running()).hasSize(1);
    }

    @Test
    void aFailedTaskIsReplacedAfterItsDelayWhichGrows() {
        runs(app("/web", 1));
        Instance first = cluster.running().getFirst();
        cluster.status(first.taskId(), TaskState.TASK_FAILED);
        cluster.calls();

        cluster.offer(4, "r1-a");
        assertThat(launched(cluster.calls())).isEmpty();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(types(cluster.calls())).containsExactly(Call.Type.REVIVE);
        cluster.offer(4, "r1-a");
        assertThat(launched(cluster.calls())).hasSize(1);
        Instance second = cluster.instances().getFirst();
        assertThat(second.taskId()).isEqualTo(first.id() + "._app.2");

        cluster.status(second.taskId(), TaskState.TASK_FAILED);
        Answer.Queue queue = (Answer.Queue) cluster.ask(MarathonInput.AskQueue::new);
        assertThat(queue.apps().getFirst().delayLeft()).isEqualTo(Duration.ofMillis(1_150));
    }

    @Test
    void aTaskKilledByItsOwnerIsReplacedAtOnce() {
        runs(app("/web", 1));
        Instance victim = cluster.running().getFirst();
        cluster.ask(token -> new MarathonInput.KillTasks(
                token, List.of(victim.id()), new MarathonInput.Kill(false, false, false), Origin.MARATHON));
        cluster.allDie();
        cluster.offer(4, "r1-a");

        assertThat(cluster.instances().getFirst().incarnation()).isEqualTo(2);
    }

    @Test
    void killingAndScalingLetsExactlyTheNamedGo() {
        runs(app("/web", 3));
        Instance victim = cluster.running().get(1);
        cluster.ask(token -> new MarathonInput.KillTasks(
                token, List.of(victim.id()), new MarathonInput.Kill(true, false, false), Origin.MARATHON));
        cluster.allDie();

        assertThat(cluster.app("/web").orElseThrow().instances()).isEqualTo(2);
        assertThat(cluster.running()).hasSize(2).doesNotContain(victim);
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void anUnreachableInstanceIsReplacedAndKilledWhenItReturns() {
        runs(app("/web", 1));
        Instance lost = cluster.running().getFirst();
        cluster.status(lost.taskId(), TaskState.TASK_UNREACHABLE);
        cluster.offer(4, "r2-b");
        cluster.allRun();
        assertThat(cluster.running()).hasSize(1).noneMatch(one -> one.id().equals(lost.id()));

        cluster.calls();
        cluster.status(lost.taskId(), TaskState.TASK_RUNNING);
        assertThat(types(cluster.calls())).containsExactly(Call.Type.ACKNOWLEDGE, Call.Type.KILL);
    }

    @Test
    void anUpdateIsLockedOutWhileADeploymentRunsUnlessForced() {
        cluster.put(app("/web", 1));
        App changed = app("/web", 1, "sleep 200", List.of());

        assertThat(cluster.put(changed)).isInstanceOf(Answer.Locked.class);
        assertThat(cluster.put(changed, true)).isInstanceOf(Answer.Deployed.class);
        converge();
        assertThat(cluster.running()).hasSize(1);
    }

    @Test
    void theSameDefinitionAgainChangesNothing() {
        runs(app("/web", 2));
        List<Instance> before = cluster.running();
        cluster.put(app("/web", 2));

        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.running()).isEqualTo(before);
    }

    @Test
    void anUpgradeNeverGoesBelowItsMinimumHealth() {
        for (double over : new double[] {0, 0.5, 1}) {
            for (double least : new double[] {0, 0.5, 0.8, 1}) {
                Scenario fresh = Scenario.subscribed();
                fresh.put(Apps.with(app("/web", 5), Apps.policy(least, over)));
                step(fresh, 0);
                fresh.put(Apps.with(app("/web", 5, "sleep 200", List.of()), Apps.policy(least, over)));
                step(fresh, (int) Math.ceil(5 * least));
                assertThat(fresh.running())
                        .hasSize(5)
                        .allMatch(one -> fresh.app("/web").orElseThrow().isCurrent(one));
            }
        }
    }

    private static void step(Scenario cluster, int leastRunning) {
        for (int i = 0; i < 60 && !cluster.deployments().isEmpty(); i++) {
            assertThat(cluster.running()).hasSizeGreaterThanOrEqualTo(leastRunning);
            cluster.offer(0.1, "r1-a");
            assertThat(cluster.running()).hasSizeGreaterThanOrEqualTo(leastRunning);
            cluster.allRun();
            assertThat(cluster.running()).hasSizeGreaterThanOrEqualTo(leastRunning);
            cluster.allDie();
        }
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void aSingleInstanceIsDeadBeforeItsSuccessorStarts() {
        runs(Apps.with(app("/one", 1), Apps.policy(0, 0)));
        cluster.put(Apps.with(app("/one", 1, "sleep 200", List.of()), Apps.policy(0, 0)));
        cluster.calls();
        cluster.offer(4, "r1-a");
        assertThat(launched(cluster.calls())).isEmpty();

        cluster.allDie();
        cluster.offer(4, "r1-a");
        assertThat(launched(cluster.calls())).hasSize(1);
    }

    @Test
    void cancellingAnUpgradeKeepsTheInstancesThatStillRunTheOldOne() {
        runs(app("/web", 2));
        List<Instance> before = cluster.running();
        Answer.Deployed upgrade = (Answer.Deployed) cluster.put(app("/web", 2, "false", List.of()));
        cluster.ask(token -> new MarathonInput.Cancel(token, upgrade.deployment(), false, Origin.MARATHON));
        converge();

        assertThat(cluster.running()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(cluster.app("/web").orElseThrow().program().cmd()).isEqualTo("sleep 100");
    }

    @Test
    void appsWaitForThoseTheyDependOn() {
        cluster.ask(token -> new MarathonInput.Change(
                token,
                List.of(
                        new Edit.PutApp(app("/front", 1, "sleep 1", List.of(AppPath.of("/back"))), null),
                        new Edit.PutApp(app("/back", 1), null)),
                false,
                Origin.MARATHON));
        assertThat(cluster.instances()).extracting(Instance::app).containsExactly(AppPath.of("/back"));
        cluster.offer(4, "r1-a");
        cluster.allRun();
        assertThat(cluster.instances()).extracting(Instance::app).contains(AppPath.of("/front"));
    }

    @Test
    void cyclesAreRefused() {
        Answer answer = cluster.ask(token -> new MarathonInput.Change(
                token,
                List.of(
                        new Edit.PutApp(app("/a", 1, "sleep 1", List.of(AppPath.of("/b"))), null),
                        new Edit.PutApp(app("/b", 1, "sleep 1", List.of(AppPath.of("/a"))), null)),
                false,
                Origin.MARATHON));

        assertThat(answer).isEqualTo(new Answer.Invalid("/", "Dependency graph has cyclic dependencies."));
        assertThat(cluster.app("/a")).isEmpty();
    }

    @Test
    void aDefinitionMadeFromAnOldRevisionIsRefused() {
        runs(app("/web", 1));

        assertThat(cluster.edit(new Edit.PutApp(app("/web", 5), null), false)).isEqualTo(new Answer.Stale());
    }

    @Test
    void uniquePutsOneOnEachHost() {
        cluster.put(Apps.with(app("/web", 3), new Constraint("hostname", Constraint.Operator.UNIQUE, null)));
        cluster.offer(4, "r1-a", "r1-b");
        cluster.offer(4, "r1-a", "r1-b");

        assertThat(cluster.instances()).filteredOn(Instance::waits).hasSize(1);
    }

    @Test
    void aNewLeaderGoesOnWhereTheOldOneStopped() {
        cluster.put(app("/web", 3));
        cluster.offer(0.2, "r1-a");
        cluster.failOver();
        assertThat(cluster.instances()).hasSize(3);
        cluster.allRun();
        converge();

        assertThat(cluster.running()).hasSize(3);
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void killsAreRepeatedUntilTheTaskIsDead() {
        runs(app("/web", 1));
        cluster.edit(new Edit.RemoveApp(AppPath.of("/web")), true);
        cluster.calls();
        cluster.pass(Duration.ofSeconds(31));
        assertThat(types(cluster.calls())).contains(Call.Type.KILL);
        cluster.failOver();
        assertThat(types(cluster.calls())).contains(Call.Type.KILL);
        cluster.allDie();

        assertThat(cluster.instances()).isEmpty();
        assertThat(cluster.deployments()).isEmpty();
    }

    @Test
    void aLaunchThatIsNeverHeardOfIsTriedAnew() {
        cluster.put(app("/web", 1));
        cluster.offer(4, "r1-a");
        Instance mute = cluster.instances().getFirst();
        cluster.calls();
        cluster.pass(Duration.ofMinutes(6));
        assertThat(types(cluster.calls())).contains(Call.Type.KILL);
        cluster.status(mute.taskId(), TaskState.TASK_GONE);

        assertThat(cluster.instances().getFirst().incarnation()).isEqualTo(2);
    }

    @Test
    void equalHistoriesGiveEqualSteps() {
        assertThat(history()).isEqualTo(history());
    }

    private static List<Call> history() {
        Scenario scenario = Scenario.subscribed();
        scenario.put(app("/web", 4));
        scenario.offer(4, "r1-a", "r2-b");
        return scenario.calls();
    }
}
