package org.nucleus.agent.core.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.resources.Conversion;
import org.nucleus.resources.InvalidResources;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * Reservations and volumes on this agent. What the master decided is applied and stored before anybody hears of it; the
 * agent's word is what counts. Source: slave.cpp, Slave::applyOperation and Slave::syncCheckpointedResources.
 */
public final class ResourceOperations {
    private final OperationUpdates updates;

    public ResourceOperations(OperationUpdates updates) {
        this.updates = updates;
    }

    /** @return false if it can't be done here: master and agent don't agree on what the agent has */
    public boolean apply(AgentEvent.ApplyOperation in, Frame frame) {
        if (frame.state().operations().containsKey(in.operationUuid())) {
            return true;
        }
        Conversion conversion = conversion(in).orElse(null);
        Resources next = conversion == null
                ? null
                : frame.state().total().flatMap(conversion::applyTo).orElse(null);
        if (conversion == null || next == null) {
            tell(in, OperationState.OPERATION_DROPPED, List.of(), "The agent doesn't have these resources", frame);
            return false;
        }
        frame.record(new Change.ResourcesCheckpointed(next.checkpointed()));
        changeVolumes(conversion, frame);
        tell(
                in,
                OperationState.OPERATION_FINISHED,
                conversion.converted().toList(Reservations.Form.REFINED),
                null,
                frame);
        return true;
    }

    /** Whether a task may use {@code resources}: those reserved or made volumes of must be so here. */
    public static boolean knows(List<Resource> resources, Frame frame) {
        Resources needed = Resources.of(resources).unallocated().oneOfEachShared();
        return frame.state().checkpointed().contains(needed.checkpointed());
    }

    private static Optional<Conversion> conversion(AgentEvent.ApplyOperation in) {
        try {
            return Conversion.of(in.info()).map(Conversion::unallocated);
        } catch (InvalidResources e) {
            return Optional.empty();
        }
    }

    /** A volume that changes its size keeps its data. */
    private static void changeVolumes(Conversion conversion, Frame frame) {
        List<Resource> before = conversion.consumed().persistentVolumes().toList(Reservations.Form.REFINED);
        List<Resource> after = conversion.converted().persistentVolumes().toList(Reservations.Form.REFINED);
        List<String> kept = new ArrayList<>(ids(before));
        kept.retainAll(ids(after));
        before.stream()
                .filter(volume -> !kept.contains(id(volume)))
                .forEach(volume -> frame.emit(new Effect.DestroyVolume(volume)));
        after.stream()
                .filter(volume -> !kept.contains(id(volume)))
                .forEach(volume -> frame.emit(new Effect.CreateVolume(volume)));
    }

    private static List<String> ids(List<Resource> volumes) {
        return volumes.stream().map(ResourceOperations::id).toList();
    }

    private static String id(Resource volume) {
        Resource.DiskInfo disk = volume.disk();
        String id = disk == null || disk.persistence() == null
                ? ""
                : disk.persistence().id();
        return Reservations.role(volume).orElse("") + " " + id;
    }

    private void tell(
            AgentEvent.ApplyOperation in,
            OperationState state,
            List<Resource> converted,
            @Nullable String message,
            Frame frame) {
        if (in.info().id() == null || in.frameworkId() == null) {
            return;
        }
        OperationStatus status = OperationStatus.builder()
                .operationId(in.info().id())
                .state(state)
                .message(message)
                .convertedResources(converted)
                .uuid(new Uuid(frame.uuid()))
                .agentId(frame.state().agentId().orElse(null))
                .build();
        updates.keep(
                new Operation(
                        in.frameworkId(),
                        frame.state().agentId().orElse(null),
                        in.info(),
                        status,
                        List.of(status),
                        in.operationUuid()),
                frame);
    }
}
