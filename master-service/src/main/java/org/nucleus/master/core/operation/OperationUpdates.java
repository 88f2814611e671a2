package org.nucleus.master.core.operation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo.Capability;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.OperationState;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.Uuid;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.scheduler.Call;
import org.nucleus.wire.scheduler.Event;

/**
 * What becomes of operations with feedback: told to their frameworks until acknowledged. A status with a uuid comes
 * from the agent and is to be acknowledged; one without is the master's own. Source: master.cpp,
 * Master::updateOperationStatus, Master::acknowledgeOperationStatus, Master::reconcileOperations.
 */
public final class OperationUpdates {
    /** An agent speaks of an operation's end. What belongs to nobody any more is acknowledged in its framework's name. */
    public void update(Agent agent, AgentCall.UpdateOperation update, Frame frame) {
        FrameworkId owner = update.frameworkId();
        Framework framework = frame.state().frameworks().get(owner);
        Operation known = frame.state().operations().get(update.operationUuid());
        if (framework == null) {
            if (frame.state().frameworks().completed(owner) != null) {
                acknowledge(agent, update.operationUuid(), update.status(), frame);
            }
            return;
        }
        if (known != null) {
            frame.record(new Change.OperationKept(with(known, update.status())));
        }
        tell(framework, update.status(), frame);
    }

    /** Anything but the acknowledgement of an operation's last status is ignored. */
    public void acknowledge(Framework framework, Call.AcknowledgeOperationStatus ack, Frame frame) {
        Operation known = frame.state().operations().get(framework.id(), ack.operationId());
        Uuid status = known == null ? null : known.latestStatus().uuid();
        Agent agent = known == null || known.agentId() == null
                ? null
                : frame.state().agents().get(known.agentId());
        if (known == null || status == null || agent == null || !agent.isConnected()) {
            return;
        }
        if (status.value().equals(ack.uuid())) {
            acknowledge(agent, known.uuid(), known.latestStatus(), frame);
            frame.record(new Change.OperationForgotten(known.uuid()));
        }
    }

    /** Names operations: one answer for each. Names none: one for every operation that is followed. */
    public void reconcile(Framework framework, Call.ReconcileOperations asked, Frame frame) {
        if (asked.operations().isEmpty()) {
            frame.state()
                    .operations()
                    .of(framework.id())
                    .forEach(operation -> tell(framework, operation.latestStatus(), frame));
            return;
        }
        for (Call.ReconcileOperations.Operation operation : asked.operations()) {
            Operation known = frame.state().operations().get(framework.id(), operation.operationId());
            OperationStatus status = known != null
                    ? known.latestStatus()
                    : status(
                            operation.operationId(),
                            operation.agentId(),
                            stateOfUnknown(operation.agentId(), frame.state()),
                            "Reconciliation: Operation is unknown");
            tell(framework, status, frame);
        }
    }

    /** What a returning agent says of its operations counts: those it doesn't know never reached it. */
    public static void merge(Agent agent, List<Operation> reported, Frame frame) {
        for (Operation operation : frame.state().operations().on(agent.id())) {
            boolean known = reported.stream().anyMatch(each -> each.uuid().equals(operation.uuid()));
            if (!known) {
                end(operation, OperationState.OPERATION_DROPPED, "Operation is unknown to the agent", frame);
            }
        }
        for (Operation operation : reported) {
            FrameworkId owner = operation.frameworkId();
            if (owner != null && frame.state().frameworks().completed(owner) != null) {
                acknowledge(agent, operation.uuid(), operation.latestStatus(), frame);
            } else if (owner != null) {
                frame.record(new Change.OperationKept(operation));
            }
        }
    }

    /** An agent is out of sight, or gone: its operations' frameworks hear so. */
    public static void lose(AgentId agent, OperationState state, String message, Frame frame) {
        frame.state().operations().on(agent).forEach(operation -> end(operation, state, message, frame));
    }

    /** An operation that is not done is answered if its framework wants to know. */
    public static void refuse(
            Framework framework, Offer.Operation operation, @Nullable AgentId agent, String message, Frame frame) {
        OperationId id = operation.id();
        if (id != null) {
            tell(framework, status(id, agent, OperationState.OPERATION_ERROR, message), frame);
        }
    }

    static Uuid nextUuid(Frame frame) {
        byte[] bytes = new byte[16];
        write(frame.epoch(), bytes, 0);
        write(frame.state().operations().numbered(), bytes, 8);
        return new Uuid(Bytes.of(bytes));
    }

    private static void write(long number, byte[] bytes, int at) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (number >>> 8 * (7 - i));
        }
    }

    /** Follows an operation that was sent to its agent, if anybody wants to hear of it. */
    static void follow(
            Offer.Operation operation, Uuid uuid, @Nullable FrameworkId framework, AgentId agent, Frame frame) {
        OperationId id = operation.id();
        if (id != null && framework != null) {
            OperationStatus pending = status(id, agent, OperationState.OPERATION_PENDING, null);
            frame.record(
                    new Change.OperationKept(new Operation(framework, agent, operation, pending, List.of(), uuid)));
        }
    }

    private static OperationState stateOfUnknown(@Nullable AgentId id, MasterState state) {
        Agent agent = id == null ? null : state.agents().get(id);
        if (agent != null && agent.isRecovered()) {
            return OperationState.OPERATION_RECOVERING;
        }
        if (id != null && state.agents().unreachable(id) != null) {
            return OperationState.OPERATION_UNREACHABLE;
        }
        if (id != null && state.agents().gone(id) != null) {
            return OperationState.OPERATION_GONE_BY_OPERATOR;
        }
        return OperationState.OPERATION_UNKNOWN;
    }

    private static void end(Operation operation, OperationState state, String message, Frame frame) {
        frame.record(new Change.OperationForgotten(operation.uuid()));
        OperationId id = operation.info().id();
        Framework framework = operation.frameworkId() == null
                ? null
                : frame.state().frameworks().get(operation.frameworkId());
        if (framework != null && id != null) {
            tell(framework, status(id, operation.agentId(), state, message), frame);
        }
    }

    private static void acknowledge(Agent agent, Uuid operation, OperationStatus status, Frame frame) {
        Uuid uuid = status.uuid();
        if (uuid != null) {
            frame.tell(
                    agent,
                    AgentEvent.acknowledgeOperation(
                            frame.epoch(), new AgentEvent.AcknowledgeOperation(operation, uuid)));
        }
    }

    private static Operation with(Operation known, OperationStatus status) {
        List<OperationStatus> statuses = new ArrayList<>(known.statuses());
        if (!statuses.contains(status)) {
            statuses.add(status);
        }
        return new Operation(known.frameworkId(), known.agentId(), known.info(), status, statuses, known.uuid());
    }

    private static OperationStatus status(
            OperationId id, @Nullable AgentId agent, OperationState state, @Nullable String message) {
        return OperationStatus.builder()
                .operationId(id)
                .agentId(agent)
                .state(state)
                .message(message)
                .build();
    }

    /** With its resources in the form that the framework reads. */
    private static void tell(Framework framework, OperationStatus status, Frame frame) {
        Reservations.Form form = framework.has(Capability.Type.RESERVATION_REFINEMENT)
                ? Reservations.Form.REFINED
                : Reservations.Form.PLAIN;
        OperationStatus seen = status.toBuilder()
                .convertedResources(Resources.of(status.convertedResources()).toList(form))
                .build();
        frame.tell(
                framework,
                Event.builder()
                        .type(Event.Type.UPDATE_OPERATION_STATUS)
                        .updateOperationStatus(new Event.UpdateOperationStatus(seen))
                        .build());
    }
}
