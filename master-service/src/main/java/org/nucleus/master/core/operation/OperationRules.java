package org.nucleus.master.core.operation;

import java.util.Objects;
import java.util.Optional;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Frame;
import org.nucleus.wire.AgentInfo.Capability;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OperationId;

/** Whether an operation on resources is one that can be done at all. */
final class OperationRules {
    private static final String BODY = "The operation lacks what belongs to its type";

    private OperationRules() {}

    /** Why it can't be done on {@code agent}; empty if it can, provided the resources are there. */
    static Optional<String> refusal(Operation operation, Asker asker, Agent agent, Frame frame) {
        Operation.Type type = Objects.requireNonNullElse(operation.type(), Operation.Type.UNKNOWN);
        return switch (type) {
            case RESERVE ->
                operation.reserve() == null ? Optional.of(BODY) : ReservationRules.refusal(operation.reserve(), asker);
            case UNRESERVE ->
                operation.unreserve() == null ? Optional.of(BODY) : ReservationRules.refusal(operation.unreserve());
            case CREATE ->
                operation.create() == null ? Optional.of(BODY) : VolumeRules.refusal(operation.create(), asker, agent);
            case DESTROY ->
                operation.destroy() == null
                        ? Optional.of(BODY)
                        : VolumeRules.refusal(
                                operation.destroy(),
                                agent,
                                frame.state().agents().used(agent.id()));
            case GROW_VOLUME ->
                operation.growVolume() == null ? Optional.of(BODY) : VolumeRules.refusal(operation.growVolume(), agent);
            case SHRINK_VOLUME ->
                operation.shrinkVolume() == null
                        ? Optional.of(BODY)
                        : VolumeRules.refusal(operation.shrinkVolume(), agent);
            case CREATE_DISK, DESTROY_DISK ->
                Optional.of(type + " operations need a CSI resource provider, which no agent has");
            case LAUNCH, LAUNCH_GROUP, UNKNOWN -> Optional.of("Unknown operation type");
        };
    }

    /** Why no feedback can be given; empty if it can, or none is asked for. */
    static Optional<String> refusalOfFeedback(Operation operation, Asker asker, Agent agent, Frame frame) {
        OperationId id = operation.id();
        if (id == null || asker.framework() == null) {
            return Optional.empty();
        }
        if (id.value().isEmpty()) {
            return Optional.of("Operation ID must not be empty");
        }
        if (!agent.has(Capability.Type.RESOURCE_PROVIDER) || !agent.has(Capability.Type.AGENT_OPERATION_FEEDBACK)) {
            return Optional.of("Operation on agent default resources requested feedback, but agent " + agent.id()
                    + " does not have the required AGENT_OPERATION_FEEDBACK and RESOURCE_PROVIDER capabilities");
        }
        return frame.state().operations().get(asker.framework().id(), id) == null
                ? Optional.empty()
                : Optional.of("Operation ID '" + id + "' is already in use");
    }
}
