package org.nucleus.marathon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.marathon.core.Apps.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.marathon.core.state.Constraint.Operator;
import org.nucleus.marathon.core.state.Footprint;
import org.nucleus.marathon.core.state.HealthCheck;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.MarathonInput;
import org.nucleus.marathon.core.state.MarathonInput.Edit;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.marathon.core.state.Placement;
import org.nucleus.marathon.core.state.Pod;
import org.nucleus.marathon.core.state.Ports;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.scheduler.Call;

/** Where instances go: daemons, wishes, pods, data, and sick ones that are replaced. */
class PlacementTest {
    private final Scenario cluster = Scenario.subscribed();

    private List<String> hosts() {
        return cluster.running().stream().map(one -> one.run().host()).sorted().toList();
    }

    @Test
    void aDaemonRunsOnceOnEveryAgent() {
        cluster.put(Apps.daemon(app("/d", 1)));
        cluster.offer(8, "r1-a", "r2-b", "r1-c");
        cluster.allRun();
        cluster.offer(8, "r1-a", "r2-b", "r1-c");
        cluster.allRun();
        cluster.offer(8, "r1-a", "r2-d");
        cluster.allRun();

        assertThat(hosts()).containsExactly("r1-a", "r1-c", "r2-b", "r2-d");
        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.instances()).filteredOn(Instance::waits).hasSize(1);
    }

    @Test
    void aWishIsHeldOutForOnlyForAWhile() {
        cluster.put(Apps.with(app("/web", 1), new Constraint("rack", Operator.LIKE, "r9", true)));
        cluster.offer(8, "r1-a");
        assertThat(cluster.instances()).allMatch(Instance::waits);

        cluster.pass(Duration.ofSeconds(11));
        cluster.offer(8, "r1-a");
        assertThat(cluster.instances()).noneMatch(Instance::waits);
    }

    @Test
    void ofSeveralOffersTheOneThatMeetsTheWishIsTaken() {
        cluster.put(Apps.with(app("/web", 1), new Constraint("rack", Operator.LIKE, "r2", true)));
        cluster.pass(Duration.ofSeconds(11));
        cluster.offer(8, "r1-a", "r2-b");
        cluster.allRun();

        assertThat(hosts()).containsExactly("r2-b");
    }

    @Test
    void instancesSpreadEvenlyOverAllThatOffersHaveShown() {
        cluster.put(Apps.with(app("/web", 4), new Constraint("rack", Operator.SPREAD, null)));
        for (int i = 0; i < 4; i++) {
            cluster.offer(8, "r1-a", "r1-b", "r2-c");
            cluster.allRun();
        }
        assertThat(cluster.running())
                .hasSize(4)
                .filteredOn(one -> one.run().host().startsWith("r1"))
                .hasSize(2);
    }

    @Test
    void anInstanceWithDataReservesCreatesAndLaunchesAtOnceAndComesBackToItsData() {
        cluster.put(Apps.resident(app("/r/data", 1)));
        cluster.offer(8, "r1-a");
        List<Offer.Operation> operations = accepted();
        assertThat(operations)
                .extracting(Offer.Operation::type)
                .containsExactly(
                        Offer.Operation.Type.RESERVE, Offer.Operation.Type.CREATE, Offer.Operation.Type.LAUNCH);
        var resources = operations.getLast().launch().taskInfos().getFirst().resources();
        cluster.allRun();
        Instance instance = cluster.instances().getFirst();

        cluster.status(instance.taskId(), TaskState.TASK_FAILED);
        cluster.pass(Duration.ofSeconds(5));
        cluster.offer(8, "r2-b");
        assertThat(accepted()).isEmpty();
        cluster.offerHolding(resources, "r1-a");
        assertThat(accepted()).extracting(Offer.Operation::type).containsExactly(Offer.Operation.Type.LAUNCH);
        assertThat(cluster.instances().getFirst().id()).isEqualTo(instance.id());
        assertThat(cluster.instances().getFirst().incarnation()).isEqualTo(2);
    }

    @Test
    void dataIsKeptWhenAnAppShrinksAndFreedWhenItGoes() {
        cluster.put(Apps.resident(app("/r/data", 1)));
        cluster.offer(8, "r1-a");
        var resources = accepted().getLast().launch().taskInfos().getFirst().resources();
        cluster.allRun();
        App known = cluster.app("/r/data").orElseThrow();
        cluster.edit(new Edit.PutApp(known.withInstances(0), known.version()), false);
        cluster.allDie();
        assertThat(cluster.deployments()).isEmpty();
        assertThat(cluster.instances()).singleElement().matches(Instance::rests);
        cluster.offerHolding(resources, "r1-a");
        assertThat(accepted()).isEmpty();

        cluster.edit(new Edit.RemoveApp(known.id()), false);
        cluster.offerHolding(resources, "r1-a");
        assertThat(accepted())
                .extracting(Offer.Operation::type)
                .containsExactly(Offer.Operation.Type.DESTROY, Offer.Operation.Type.UNRESERVE);
    }

    private List<Offer.Operation> accepted() {
        return cluster.calls().stream()
                .filter(call -> call.accept() != null)
                .flatMap(call -> call.accept().operations().stream())
                .toList();
    }

    @Test
    void aPodsContainersLiveAndDieTogether() {
        cluster.put(pod());
        cluster.offer(8, "r1-a");
        var group = accepted().getFirst().launchGroup();
        assertThat(group.taskGroup().tasks()).hasSize(2);
        Instance pod = cluster.instances().getFirst();
        assertThat(group.taskGroup().tasks())
                .extracting(task -> task.taskId().value())
                .containsExactlyElementsOf(pod.taskIds());
        cluster.status(pod.taskIds().getFirst(), TaskState.TASK_RUNNING);
        assertThat(cluster.running()).isEmpty();
        cluster.status(pod.taskIds().getLast(), TaskState.TASK_RUNNING);
        assertThat(cluster.running()).hasSize(1);
        assertThat(cluster.deployments()).isEmpty();

        cluster.calls();
        cluster.status(pod.taskIds().getFirst(), TaskState.TASK_FAILED);
        assertThat(cluster.calls())
                .filteredOn(call -> call.type() == Call.Type.KILL)
                .singleElement()
                .satisfies(call -> assertThat(call.kill().taskId().value())
                        .isEqualTo(pod.taskIds().getLast()));
        cluster.status(pod.taskIds().getLast(), TaskState.TASK_KILLED);
        assertThat(cluster.instances()).singleElement().matches(Instance::waits);
    }

    private static App pod() {
        App app = app("/pod", 1);
        Pod pod = new Pod(
                List.of(container("one"), container("two")), List.of(), new Footprint(100, 32_000, 0, 0), false);
        return new App(
                app.id(),
                1,
                app.program(),
                pod.total(),
                app.placement(),
                new Ports(List.of(), false),
                app.policy(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                pod,
                false,
                Map.of(),
                List.of(),
                app.version(),
                app.versionInfo());
    }

    private static Pod.PodContainer container(String name) {
        return new Pod.PodContainer(
                name,
                "sleep 1",
                List.of(),
                new Footprint(100, 16_000, 0, 0),
                List.of(),
                null,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null,
                false);
    }

    @Test
    void aSickInstanceIsKilledOnceAnotherOneDoesItsWork() {
        HealthCheck check = new HealthCheck(HealthCheck.Protocol.TCP, null, 0, null, null, 0, 5, 2, 1, 0, false, null);
        cluster.put(Apps.with(Apps.with(app("/web", 1), check), Apps.policy(1, 1, null, true)));
        cluster.offer(8, "r1-a");
        cluster.allRun();
        Instance sick = cluster.instances().getFirst();
        probed(sick, true);
        probed(sick, false);
        assertThat(cluster.running()).hasSize(1);
        assertThat(cluster.instances()).hasSize(2);

        cluster.offer(8, "r2-b");
        cluster.allRun();
        probed(cluster.instances().getLast(), true);
        cluster.allDie();
        assertThat(cluster.instances()).extracting(Instance::id).doesNotContain(sick.id());
        assertThat(cluster.running()).hasSize(1);
    }

    @Test
    void notAllAreKilledAtOnceWhenAllLookSick() {
        HealthCheck check = new HealthCheck(HealthCheck.Protocol.TCP, null, 0, null, null, 0, 5, 2, 1, 0, false, null);
        cluster.put(Apps.with(app("/web", 103), check));
        for (int i = 0; i < 40; i++) {
            cluster.offer(8, "r1-a");
        }
        cluster.allRun();
        cluster.running().forEach(one -> probed(one, true));
        cluster.running().forEach(one -> probed(one, false));
        assertThat(cluster.instances())
                .filteredOn(one -> one.killedAt() != null)
                .hasSize(100);

        cluster.pass(Duration.ofSeconds(11));
        cluster.running().forEach(one -> probed(one, false));
        assertThat(cluster.instances())
                .filteredOn(one -> one.killedAt() != null)
                .hasSize(103);
    }

    private void probed(Instance instance, boolean alive) {
        cluster.step(new MarathonInput.Probed(instance.id(), instance.incarnation(), 0, alive, "refused"));
    }

    @Test
    void aRoleIsTheDefaultOrThatOfTheTopLevelGroup() {
        var answer = cluster.ask(token -> new MarathonInput.Change(
                token, List.of(new Edit.PutApp(withRole("/dev/web", "prod"), null)), false, Origin.MARATHON));
        assertThat(answer)
                .isEqualTo(new org.nucleus.marathon.core.state.Answer.Invalid("/role", "role must be one of [*, dev]"));

        cluster.put(withRole("/dev/web", "dev"));
        assertThat(cluster.app("/dev/web")).isPresent();
    }

    private static App withRole(String id, String role) {
        App app = app(id, 1);
        return Apps.placed(app, new Placement(List.of(), List.of(), role));
    }
}
