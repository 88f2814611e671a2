package org.nucleus.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.Resource;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.Value;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;

class ResourceOperationsTest {
    private static final Uuid FIRST = uuid(1);

    private final AgentDriver agent = AgentDriver.registered();

    @Test
    void aReservationIsStoredAndReportedAtTheNextSubscription() {
        var step = apply(FIRST, null, reserve(Volumes.reserved("cpus", 3)));
        assertThat(step.durable())
                .containsExactly(new Change.ResourcesCheckpointed(Resources.of(Volumes.reserved("cpus", 3))));
        assertThat(agent.state().total().orElseThrow().unreserved().thousandths("cpus"))
                .isEqualTo(1000);

        agent.restart(List.of());
        agent.register();
        AgentCall.Subscribe subscribe =
                agent.effects(Effect.OpenLink.class).getLast().subscribe().subscribe();
        assertThat(subscribe.checkpointedResources()).containsExactly(Volumes.reserved("cpus", 3));
        assertThat(Resources.of(subscribe.agentInfo().resources()).reserved().isEmpty())
                .as("the configured resources stay as they are")
                .isTrue();
    }

    @Test
    void volumesAreMadeAndDestroyed() {
        apply(FIRST, null, reserve(Volumes.reserved("disk", 100)));
        apply(uuid(2), null, create(Volumes.volume("v1", 60)));
        assertThat(agent.effects(Effect.CreateVolume.class))
                .containsExactly(new Effect.CreateVolume(Volumes.volume("v1", 60)));

        apply(uuid(3), null, destroy(Volumes.volume("v1", 60)));
        assertThat(agent.effects(Effect.DestroyVolume.class))
                .containsExactly(new Effect.DestroyVolume(Volumes.volume("v1", 60)));
        assertThat(agent.state().checkpointed()).isEqualTo(Resources.of(Volumes.reserved("disk", 100)));
    }

    @Test
    void aVolumeThatGrowsKeepsItsDirectory() {
        apply(FIRST, null, reserve(Volumes.reserved("disk", 100)));
        apply(uuid(2), null, create(Volumes.volume("v1", 60)));
        agent.effects.clear();
        apply(
                uuid(3),
                null,
                Operation.builder()
                        .type(Operation.Type.GROW_VOLUME)
                        .growVolume(new Operation.GrowVolume(Volumes.volume("v1", 60), Volumes.reserved("disk", 40))));
        apply(
                uuid(4),
                null,
                Operation.builder()
                        .type(Operation.Type.SHRINK_VOLUME)
                        .shrinkVolume(new Operation.ShrinkVolume(Volumes.volume("v1", 100), new Value.Scalar(10))));

        assertThat(agent.effects(Effect.CreateVolume.class)).isEmpty();
        assertThat(agent.effects(Effect.DestroyVolume.class)).isEmpty();
        assertThat(agent.state().checkpointed())
                .isEqualTo(Resources.of(Volumes.volume("v1", 90), Volumes.reserved("disk", 10)));
    }

    @Test
    void theEndOfAnOperationWithAnIdIsToldUntilItIsAcknowledged() {
        apply(FIRST, "op", reserve(Volumes.reserved("cpus", 1)));
        AgentCall.UpdateOperation told = updates().getLast();
        assertThat(told.status().state()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(told.status().convertedResources()).containsExactly(Volumes.reserved("cpus", 1));
        assertThat(told.status().agentId()).isEqualTo(AgentDriver.AGENT);

        agent.pass(Duration.ofSeconds(9));
        assertThat(updates()).hasSize(1);
        agent.pass(Duration.ofSeconds(1));
        assertThat(updates()).hasSize(2);
        agent.pass(Duration.ofSeconds(20));
        assertThat(updates()).hasSize(3).containsOnly(told);

        acknowledge(FIRST, uuid(99));
        agent.pass(Duration.ofSeconds(40));
        assertThat(updates())
                .as("an acknowledgement of something else is ignored")
                .hasSize(4);
        acknowledge(FIRST, told.status().uuid());
        agent.pass(Duration.ofMinutes(20));
        assertThat(updates()).hasSize(4);
        assertThat(agent.state().operations()).isEmpty();
    }

    @Test
    void anUnacknowledgedEndOutlivesTheProcess() {
        apply(FIRST, "op", reserve(Volumes.reserved("cpus", 1)));
        AgentCall.UpdateOperation told = updates().getLast();
        agent.restart(List.of());
        agent.register();

        assertThat(agent.effects(Effect.OpenLink.class)
                        .getLast()
                        .subscribe()
                        .subscribe()
                        .operations())
                .hasSize(1);
        assertThat(updates()).containsExactly(told);
    }

    @Test
    void anOperationThatComesAgainIsNotDoneAgain() {
        apply(FIRST, "op", reserve(Volumes.reserved("cpus", 1)));
        assertThat(apply(FIRST, "op", reserve(Volumes.reserved("cpus", 1))).durable())
                .isEmpty();
        assertThat(agent.state().checkpointed()).isEqualTo(Resources.of(Volumes.reserved("cpus", 1)));
    }

    @Test
    void whatIsNotThereIsDroppedAndTheAgentSaysAnewWhatItHas() {
        apply(FIRST, "op", reserve(Volumes.reserved("cpus", 5)));
        assertThat(updates()).hasSize(1);
        assertThat(updates().getLast().status().state()).isEqualTo(OperationState.OPERATION_DROPPED);
        assertThat(agent.effects(Effect.CloseLink.class)).hasSize(1);
        agent.pass(Duration.ofSeconds(2));
        assertThat(agent.effects(Effect.OpenLink.class)
                        .getLast()
                        .subscribe()
                        .subscribe()
                        .checkpointedResources())
                .isEmpty();
    }

    @Test
    void aTaskOnAReservationThatIsNotHereIsDropped() {
        TaskInfo task = AgentDriver.task("t")
                .resources(List.of(Volumes.reserved("cpus", 1)))
                .build();
        agent.event(AgentEvent.runTask(AgentDriver.EPOCH, new AgentEvent.RunTask(agent.framework, task)));
        var status = agent.calls(AgentCall.Type.UPDATE).getLast().update().status();
        assertThat(status.state()).isEqualTo(TaskState.TASK_LOST);
        assertThat(status.reason()).isEqualTo(Reason.REASON_RESOURCES_UNKNOWN);
        assertThat(agent.effects(Effect.LaunchContainer.class)).isEmpty();
    }

    @Test
    void aTaskOnAReservationRuns() {
        apply(FIRST, null, reserve(Volumes.reserved("cpus", 2)));
        agent.run(AgentDriver.task("t")
                .resources(List.of(Volumes.reserved("cpus", 1)))
                .build());
        assertThat(agent.effects(Effect.LaunchContainer.class)).hasSize(1);
    }

    @Test
    void anAgentThatIsDismissedKeepsItsVolumes() {
        apply(FIRST, null, reserve(Volumes.reserved("disk", 100)));
        apply(uuid(2), "op", create(Volumes.volume("v1", 60)));
        agent.event(AgentEvent.shutdown(AgentDriver.EPOCH, new AgentEvent.Shutdown("gone")));

        assertThat(agent.journal.checkpointed().persistentVolumes().isEmpty()).isFalse();
        assertThat(agent.journal.operations()).isEmpty();
    }

    @Test
    void anAgentThatLostWhatWasReservedDoesNotStart() {
        apply(FIRST, null, reserve(Volumes.reserved("cpus", 2)));
        var smaller = AgentDriver.settings(false, "cpus:1");
        Agent next = new Agent();
        var step = next.step(agent.now, new AgentInput.Started(smaller, 1, agent.journal.asChanges(), List.of()));
        assertThat(step.effects()).hasAtLeastOneElementOfType(Effect.Stop.class);
    }

    private org.nucleus.machine.Step<Change.Durable, Effect> apply(
            Uuid uuid, @Nullable String id, Operation.Builder operation) {
        Operation info = operation.id(id == null ? null : new OperationId(id)).build();
        return agent.event(AgentEvent.applyOperation(
                AgentDriver.EPOCH, new AgentEvent.ApplyOperation(AgentDriver.FRAMEWORK, uuid, info)));
    }

    private void acknowledge(Uuid operation, Uuid status) {
        agent.event(AgentEvent.acknowledgeOperation(
                AgentDriver.EPOCH, new AgentEvent.AcknowledgeOperation(operation, status)));
    }

    private List<AgentCall.UpdateOperation> updates() {
        return agent.calls(AgentCall.Type.UPDATE_OPERATION).stream()
                .map(AgentCall::updateOperation)
                .toList();
    }

    private static Operation.Builder reserve(Resource resource) {
        return Operation.builder()
                .type(Operation.Type.RESERVE)
                .reserve(new Operation.Reserve(List.of(), List.of(resource)));
    }

    private static Operation.Builder create(Resource volume) {
        return Operation.builder().type(Operation.Type.CREATE).create(new Operation.Create(List.of(volume)));
    }

    private static Operation.Builder destroy(Resource volume) {
        return Operation.builder().type(Operation.Type.DESTROY).destroy(new Operation.Destroy(List.of(volume)));
    }

    private static Uuid uuid(int number) {
        byte[] bytes = new byte[16];
        bytes[15] = (byte) number;
        return new Uuid(Bytes.of(bytes));
    }
}
