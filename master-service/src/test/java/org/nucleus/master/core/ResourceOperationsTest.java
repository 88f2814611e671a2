package org.nucleus.master.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nucleus.master.core.Operations.cpus;
import static org.nucleus.master.core.Operations.create;
import static org.nucleus.master.core.Operations.destroy;
import static org.nucleus.master.core.Operations.dynamic;
import static org.nucleus.master.core.Operations.grow;
import static org.nucleus.master.core.Operations.has;
import static org.nucleus.master.core.Operations.named;
import static org.nucleus.master.core.Operations.reserve;
import static org.nucleus.master.core.Operations.reserved;
import static org.nucleus.master.core.Operations.scalar;
import static org.nucleus.master.core.Operations.shrink;
import static org.nucleus.master.core.Operations.unreserve;
import static org.nucleus.master.core.Operations.volume;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nucleus.access.Acls;
import org.nucleus.access.Authorizer;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.Outcome;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Resource.SharedInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

class ResourceOperationsTest {
    private final Cluster cluster = new Cluster();

    // --- by frameworks ----------------------------------------------------------------------------------------------

    @Test
    void whatAFrameworkReservesIsOfferedToItsRoleOnly() {
        var ads = cluster.framework("ads");
        cluster.accept(ads, cluster.offer(ads), reserve(reserved("cpus", 3)));
        assertThat(cluster.applied()).hasSize(1);
        assertThat(cluster.total()).isEqualTo(Resources.of(reserved("cpus", 3)).plus(has("cpus:1;mem:1024;disk:1000")));

        var web = cluster.framework("web");
        Resources offered = Resources.of(cluster.offer(web).resources());
        assertThat(offered.unallocated()).isEqualTo(has("cpus:1;mem:1024;disk:1000"));
        assertThat(Resources.of(cluster.offer(ads).resources()).unallocated())
                .as("what was made of an offer is offered again, whatever the filter")
                .isEqualTo(Resources.of(reserved("cpus", 3)));
    }

    @Test
    void aTaskRunsOnWhatTheSameAcceptReservedAndCreated() {
        var ads = cluster.framework("ads");
        Resource volume = volume("v1", 100);
        cluster.accept(
                ads,
                cluster.offer(ads),
                reserve(reserved("cpus", 1), reserved("disk", 100)),
                create(volume),
                launch("t", reserved("cpus", 1), volume));

        assertThat(cluster.agentEvents().stream()
                        .map(AgentEvent::type)
                        .filter(type -> type == AgentEvent.Type.APPLY_OPERATION || type == AgentEvent.Type.RUN_TASK))
                .containsExactly(
                        AgentEvent.Type.APPLY_OPERATION, AgentEvent.Type.APPLY_OPERATION, AgentEvent.Type.RUN_TASK);
        assertThat(cluster.picture().used().unallocated()).isEqualTo(Resources.of(reserved("cpus", 1), volume));
    }

    @Test
    void offersShowReservationsInTheFormThatTheFrameworkReads() {
        cluster.operate(reserve(reserved("cpus", 4)));
        var plain = cluster.framework("ads");
        Resource old = cpus(cluster.offer(plain));
        assertThat(old.role()).isEqualTo("ads");
        assertThat(Objects.requireNonNull(old.reservation()).principal()).isEqualTo("ops");
        assertThat(old.reservations()).isEmpty();

        cluster.say(plain, Call.builder().type(Call.Type.TEARDOWN));
        var refined = cluster.framework("ads", Capability.Type.RESERVATION_REFINEMENT);
        Resource stacked = cpus(cluster.offer(refined));
        assertThat(stacked.role()).isNull();
        assertThat(stacked.reservations()).hasSize(1);
    }

    @Test
    void anOldFrameworkReservesInTheOldForm() {
        var ads = cluster.framework("ads");
        Resource old = scalar("cpus", 2)
                .role("ads")
                .reservation(new ReservationInfo(null, null, "ops", null))
                .build();
        cluster.accept(ads, cluster.offer(ads), reserve(old));
        assertThat(cluster.total().reserved()).isEqualTo(Resources.of(reserved("cpus", 2)));
    }

    @Test
    void refinedReservationsAreHiddenFromThoseWhoCantReadThem() {
        cluster.operate(reserve(reserved("cpus", 4)));
        Resource refined = scalar("cpus", 4)
                .reservations(List.of(dynamic("ads"), dynamic("ads/eu")))
                .build();
        assertThat(cluster.operate(reserve(refined))).isEqualTo(Outcome.ACCEPTED);
        var old = cluster.framework("ads/eu");
        assertThat(Resources.of(cluster.offer(old).resources()).named("cpus").isEmpty())
                .isTrue();
    }

    @Test
    void aReservationForAnotherRoleOrOfAnotherPrincipalIsRefused() {
        var ads = cluster.framework("ads");
        Offer offer = cluster.offer(ads);
        Resource foreign =
                scalar("cpus", 1).reservations(List.of(dynamic("web"))).build();
        Resource forged = scalar("cpus", 1)
                .reservations(List.of(new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads", "somebody", null)))
                .build();
        cluster.accept(
                ads,
                offer,
                named("a", reserve(foreign)),
                named("b", reserve(forged)),
                named("c", reserve(scalar("cpus", 1).build())),
                named("d", reserve(reserved("cpus", 5))));

        assertThat(cluster.operationUpdates(ads))
                .extracting(OperationStatus::state)
                .containsOnly(OperationState.OPERATION_ERROR)
                .hasSize(4);
        assertThat(messages(ads))
                .element(0)
                .isEqualTo("A reserve operation was attempted for a resource with role 'web', but the resource was"
                        + " allocated to role 'ads'");
        assertThat(messages(ads).get(1)).contains("which does not match a reserved resource in the request");
        assertThat(messages(ads).get(2)).contains("is not dynamically reserved");
        assertThat(messages(ads).get(3)).contains("does not contain");
        assertThat(cluster.applied()).isEmpty();
        assertThat(cluster.total()).isEqualTo(has("cpus:4;mem:1024;disk:1000"));
    }

    @Test
    void volumesKeepToTheRulesOfTheOriginal() {
        cluster.operate(reserve(reserved("disk", 500)));
        cluster.operate(create(volume("v1", 100)));
        var ads = cluster.framework("ads");
        cluster.accept(
                ads,
                cluster.offer(ads),
                named("a", create(volume("v1", 50))),
                named("b", create(volume("bad/id", 50))),
                named("c", create(reserved("disk", 50))),
                named(
                        "d",
                        create(volume("s", 50).toBuilder()
                                .shared(new SharedInfo())
                                .build())),
                named("e", destroy(volume("v2", 10))),
                named("f", unreserve(volume("v1", 100))),
                named("g", shrink(volume("v1", 100), 100)),
                named("h", grow(volume("v1", 100), reserved("cpus", 1))));

        assertThat(messages(ads).get(0)).isEqualTo("Persistence ID 'v1' is not unique");
        assertThat(messages(ads).get(1)).contains("Invalid persistence ID for persistent volume");
        assertThat(messages(ads).get(2)).contains("Not a persistent volume");
        assertThat(messages(ads).get(3)).contains("with no SHARED_RESOURCES capability");
        assertThat(messages(ads).get(4)).isEqualTo("Persistent volumes not found");
        assertThat(messages(ads).get(5)).contains("cannot be unreserved directly");
        assertThat(messages(ads).get(6)).contains("must be smaller than the size");
        assertThat(messages(ads).get(7)).contains("Incompatible resources");
        assertThat(cluster.applied()).hasSize(2);
    }

    @Test
    void diskBlockOperationsAreRefusedWithAReason() {
        var ads = cluster.framework("ads");
        Operation disk = Operation.builder()
                .type(Operation.Type.DESTROY_DISK)
                .id(new OperationId("d"))
                .destroyDisk(new Operation.DestroyDisk(scalar("disk", 1).build()))
                .build();
        cluster.accept(ads, cluster.offer(ads), disk);
        assertThat(messages(ads))
                .containsExactly("DESTROY_DISK operations need a CSI resource provider, which no agent has");
    }

    @Test
    void aVolumeThatGrewIsOfferedAnewAndNotUsableAtOnce() {
        cluster.operate(reserve(reserved("disk", 150)));
        cluster.operate(create(volume("v1", 100)));
        var ads = cluster.framework("ads");
        cluster.accept(
                ads,
                cluster.offer(ads),
                grow(volume("v1", 100), reserved("disk", 50)),
                named("again", destroy(volume("v1", 150))));
        assertThat(messages(ads)).hasSize(1);
        assertThat(Resources.of(cluster.offer(ads).resources()).reserved().unallocated())
                .isEqualTo(Resources.of(volume("v1", 150)));
        assertThat(cluster.total().reserved()).isEqualTo(Resources.of(volume("v1", 150)));
    }

    // --- authorization ----------------------------------------------------------------------------------------------

    @Test
    void accessRulesDecideWhoReservesAndDestroys() {
        Caller limited = new Caller("ops", new Authorizer(Acls.parse("""
                        {"permissive": true,
                         "reserve_resources": [{"principals": {"values": ["ops"]}, "roles": {"type": "NONE"}}],
                         "destroy_volumes": [{"principals": {"values": ["ops"]}, "creator_principals": {"type": "NONE"}}]}
                        """)).grants(Optional.of("ops")));
        assertThat(cluster.operate(limited, reserve(reserved("cpus", 1))).outcome())
                .isEqualTo(Outcome.FORBIDDEN);
        var ads = cluster.framework("ads");
        cluster.accept(limited, ads, cluster.offer(ads), named("r", reserve(reserved("cpus", 1))));
        assertThat(messages(ads)).containsExactly("Not authorized to reserve resources as 'ops'");

        cluster.operate(reserve(reserved("disk", 10)));
        cluster.operate(create(volume("v1", 10)));
        assertThat(cluster.operate(limited, destroy(volume("v1", 10))).outcome())
                .isEqualTo(Outcome.FORBIDDEN);
        assertThat(cluster.operate(destroy(volume("v1", 10)))).isEqualTo(Outcome.ACCEPTED);
    }

    // --- by operators -----------------------------------------------------------------------------------------------

    @Test
    void operatorsTakeWhatIsOfferedAndNotWhatIsUsed() {
        var web = cluster.framework("web");
        Offer offer = cluster.offer(web);
        assertThat(cluster.operate(reserve(reserved("cpus", 2)))).isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.events(web.stream())).extracting(Event::rescind).contains(new Event.Rescind(offer.id()));

        cluster.accept(
                web, cluster.offer(web), launch("t", has("cpus:2").toList().getFirst()));
        int before = cluster.events(web.stream()).size();
        var refused = cluster.operate(Cluster.OPERATOR, reserve(reserved("cpus", 1)));
        assertThat(refused.outcome()).isEqualTo(Outcome.CONFLICT);
        assertThat(cluster.events(web.stream()))
                .as("nothing is rescinded in vain")
                .hasSize(before);
    }

    @Test
    void operatorsUnreserveWhatTheyReserved() {
        cluster.operate(reserve(reserved("cpus", 2)));
        assertThat(cluster.operate(unreserve(reserved("cpus", 1)))).isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.total().reserved()).isEqualTo(Resources.of(reserved("cpus", 1)));
        assertThat(cluster.operate(unreserve(reserved("cpus", 2)))).isEqualTo(Outcome.CONFLICT);
        assertThat(cluster.operate(unreserve(scalar("cpus", 1).build()))).isEqualTo(Outcome.INVALID);
    }

    @Test
    void operatorsRelabelReservations() {
        cluster.operate(reserve(reserved("cpus", 2)));
        Resource web = scalar("cpus", 2).reservations(List.of(dynamic("web"))).build();
        Operation relabel = Operation.builder()
                .type(Operation.Type.RESERVE)
                .reserve(new Operation.Reserve(List.of(reserved("cpus", 2)), List.of(web)))
                .build();
        assertThat(cluster.operate(relabel)).isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.total().reserved()).isEqualTo(Resources.of(web));
    }

    @Test
    void operatorsCantReachADisconnectedAgent() {
        cluster.agentLeaves();
        assertThat(cluster.operate(reserve(reserved("cpus", 2)))).isEqualTo(Outcome.CONFLICT);
        assertThat(cluster.total().reserved().isEmpty()).isTrue();
    }

    // --- shared volumes ---------------------------------------------------------------------------------------------

    @Test
    void aSharedVolumeIsOfferedWhileItIsUsedAndNotDestroyed() {
        Resource shared = volume("v1", 100).toBuilder().shared(new SharedInfo()).build();
        cluster.operate(reserve(reserved("disk", 100)));
        cluster.operate(create(shared));
        var ads = cluster.framework("ads", Capability.Type.SHARED_RESOURCES);
        Resource cpu = has("cpus:1").toList().getFirst();
        cluster.accept(ads, cluster.offer(ads), launch("t1", cpu, shared), launch("t2", cpu, shared));
        assertThat(cluster.picture().tasks()).hasSize(2);

        var other = cluster.framework("ads", Capability.Type.SHARED_RESOURCES);
        Offer offer = cluster.offer(other);
        assertThat(Resources.of(offer.resources()).shared().unallocated()).isEqualTo(Resources.of(shared));
        cluster.accept(other, offer, named("d", destroy(shared)));
        assertThat(messages(other)).containsExactly("Persistent volumes in use");
    }

    // --- feedback ---------------------------------------------------------------------------------------------------

    @Test
    void feedbackIsToldUntilAcknowledged() {
        var ads = cluster.framework("ads", Capability.Type.RESERVATION_REFINEMENT);
        cluster.accept(ads, cluster.offer(ads), named("r", reserve(reserved("cpus", 1))));
        var applied = cluster.applied().getFirst();
        assertThat(cluster.picture().operations()).hasSize(1);
        assertThat(cluster.operationUpdates(ads)).isEmpty();

        OperationStatus finished = finished("r", reserved("cpus", 1));
        cluster.agentSays(AgentCall.updateOperation(
                cluster.agent(), new AgentCall.UpdateOperation(ads.id(), applied.operationUuid(), finished)));
        assertThat(cluster.operationUpdates(ads)).containsExactly(finished);

        acknowledge(ads, "r", new Uuid(Bytes.of(new byte[16])));
        assertThat(acknowledgements()).isEmpty();
        acknowledge(ads, "r", finished.uuid());
        assertThat(acknowledgements())
                .containsExactly(new AgentEvent.AcknowledgeOperation(applied.operationUuid(), finished.uuid()));
        assertThat(cluster.picture().operations()).isEmpty();
    }

    @Test
    void anOperationIdIsUsedOnceAtATimeAndNotForLaunches() {
        var ads = cluster.framework("ads");
        cluster.accept(
                ads,
                cluster.offer(ads),
                named("r", reserve(reserved("cpus", 1))),
                named("r", reserve(reserved("cpus", 1))),
                named("l", launch("t", has("cpus:1").toList().getFirst())));
        assertThat(messages(ads)).containsExactly("Operation ID 'r' is already in use");
        assertThat(cluster.picture().tasks()).isEmpty();
    }

    @Test
    void operationsAreReconciled() {
        var ads = cluster.framework("ads");
        cluster.accept(ads, cluster.offer(ads), named("r", reserve(reserved("cpus", 1))));
        reconcile(ads, "r");
        reconcile(ads, "unheard-of");
        assertThat(cluster.operationUpdates(ads))
                .extracting(OperationStatus::state)
                .containsExactly(OperationState.OPERATION_PENDING, OperationState.OPERATION_UNKNOWN);
    }

    // --- returning agents -------------------------------------------------------------------------------------------

    @Test
    void whatNeverReachedTheAgentIsDroppedAndTheAgentIsRight() {
        var ads = cluster.framework("ads");
        cluster.accept(
                ads, cluster.offer(ads), named("r", reserve(reserved("cpus", 4))), launch("t", reserved("cpus", 4)));
        cluster.agentLeaves();
        cluster.agentComes(cluster.agent(), List.of(), List.of(), List.of());

        assertThat(cluster.total()).isEqualTo(has("cpus:4;mem:1024;disk:1000"));
        assertThat(cluster.operationUpdates(ads))
                .extracting(OperationStatus::state)
                .containsExactly(OperationState.OPERATION_DROPPED);
        assertThat(cluster.picture().used().isEmpty()).isTrue();
        assertThat(Resources.of(cluster.offer(ads).resources()).thousandths("cpus"))
                .isEqualTo(4000);
    }

    @Test
    void aNewMasterLearnsReservationsAndVolumesFromTheAgent() {
        cluster.operate(reserve(reserved("disk", 100)));
        cluster.operate(create(volume("v1", 60)));
        var agent = cluster.agent();
        cluster.world.elect("n");
        cluster.agentComes(agent, List.of(volume("v1", 60), reserved("disk", 40)), List.of(), List.of());
        assertThat(cluster.total().reserved()).isEqualTo(Resources.of(volume("v1", 60), reserved("disk", 40)));
        var ads = cluster.framework("ads");
        assertThat(Resources.of(cluster.offer(ads).resources())
                        .persistentVolumes()
                        .unallocated())
                .isEqualTo(Resources.of(volume("v1", 60)));
    }

    @Test
    void operationsOfAnEndedFrameworkAreAcknowledgedInItsName() {
        var ads = cluster.framework("ads");
        cluster.accept(ads, cluster.offer(ads), named("r", reserve(reserved("cpus", 1))));
        var applied = cluster.applied().getFirst();
        cluster.say(ads, Call.builder().type(Call.Type.TEARDOWN));
        OperationStatus finished = finished("r", reserved("cpus", 1));
        cluster.agentSays(AgentCall.updateOperation(
                cluster.agent(), new AgentCall.UpdateOperation(ads.id(), applied.operationUuid(), finished)));
        assertThat(acknowledgements()).hasSize(1);
    }

    @Test
    void anAgentThatReservedWhatItHasNotIsNotAdmitted() {
        cluster.agentLeaves();
        cluster.agentComes(cluster.agent(), List.of(reserved("cpus", 5)), List.of(), List.of());
        assertThat(cluster.picture().agent().isConnected()).isFalse();
    }

    // --- words ------------------------------------------------------------------------------------------------------

    private List<String> messages(Cluster.Member member) {
        return cluster.operationUpdates(member).stream()
                .map(status -> String.valueOf(status.message()))
                .toList();
    }

    private List<AgentEvent.AcknowledgeOperation> acknowledgements() {
        return cluster.agentEvents().stream()
                .filter(event -> event.acknowledgeOperation() != null)
                .map(AgentEvent::acknowledgeOperation)
                .toList();
    }

    private void acknowledge(Cluster.Member member, String id, Uuid uuid) {
        cluster.say(
                member,
                Call.builder()
                        .type(Call.Type.ACKNOWLEDGE_OPERATION_STATUS)
                        .acknowledgeOperationStatus(new Call.AcknowledgeOperationStatus(
                                cluster.agent(), null, uuid.value(), new OperationId(id))));
    }

    private void reconcile(Cluster.Member member, String id) {
        cluster.say(
                member,
                Call.builder()
                        .type(Call.Type.RECONCILE_OPERATIONS)
                        .reconcileOperations(new Call.ReconcileOperations(List.of(
                                new Call.ReconcileOperations.Operation(new OperationId(id), cluster.agent(), null)))));
    }

    private OperationStatus finished(String id, Resource converted) {
        byte[] uuid = new byte[16];
        uuid[0] = 1;
        return OperationStatus.builder()
                .operationId(new OperationId(id))
                .state(OperationState.OPERATION_FINISHED)
                .convertedResources(Resources.of(converted).toList(Reservations.Form.REFINED))
                .uuid(new Uuid(Bytes.of(uuid)))
                .agentId(cluster.agent())
                .build();
    }

    private Operation launch(String id, Resource... resources) {
        TaskInfo task = TaskInfo.builder()
                .name(id)
                .taskId(new TaskId(id))
                .agentId(cluster.agent())
                .resources(List.of(resources))
                .command(CommandInfo.builder().value("sleep 1000").build())
                .build();
        return Operation.builder()
                .type(Operation.Type.LAUNCH)
                .launch(new Operation.Launch(List.of(task)))
                .build();
    }
}
