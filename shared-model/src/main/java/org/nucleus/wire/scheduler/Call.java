package org.nucleus.wire.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.Filters;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.ResourceProviderId;
import org.nucleus.wire.TaskId;

/** {@code scheduler.Call}. Source: v1/scheduler/scheduler.proto. */
public record Call(
        @Nullable FrameworkId frameworkId,
        Call.@Nullable Type type,
        Call.@Nullable Subscribe subscribe,
        Call.@Nullable Accept accept,
        Call.@Nullable Decline decline,
        Call.@Nullable AcceptInverseOffers acceptInverseOffers,
        Call.@Nullable DeclineInverseOffers declineInverseOffers,
        Call.@Nullable Revive revive,
        Call.@Nullable Kill kill,
        Call.@Nullable Shutdown shutdown,
        Call.@Nullable Acknowledge acknowledge,
        Call.@Nullable AcknowledgeOperationStatus acknowledgeOperationStatus,
        Call.@Nullable Reconcile reconcile,
        Call.@Nullable ReconcileOperations reconcileOperations,
        Call.@Nullable Message message,
        Call.@Nullable Request request,
        Call.@Nullable Suppress suppress,
        Call.@Nullable UpdateFramework updateFramework) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.frameworkId = frameworkId;
        b.type = type;
        b.subscribe = subscribe;
        b.accept = accept;
        b.decline = decline;
        b.acceptInverseOffers = acceptInverseOffers;
        b.declineInverseOffers = declineInverseOffers;
        b.revive = revive;
        b.kill = kill;
        b.shutdown = shutdown;
        b.acknowledge = acknowledge;
        b.acknowledgeOperationStatus = acknowledgeOperationStatus;
        b.reconcile = reconcile;
        b.reconcileOperations = reconcileOperations;
        b.message = message;
        b.request = request;
        b.suppress = suppress;
        b.updateFramework = updateFramework;
        return b;
    }

    /** Collects the fields of a {@link Call}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable FrameworkId frameworkId;
        private Call.@Nullable Type type;
        private Call.@Nullable Subscribe subscribe;
        private Call.@Nullable Accept accept;
        private Call.@Nullable Decline decline;
        private Call.@Nullable AcceptInverseOffers acceptInverseOffers;
        private Call.@Nullable DeclineInverseOffers declineInverseOffers;
        private Call.@Nullable Revive revive;
        private Call.@Nullable Kill kill;
        private Call.@Nullable Shutdown shutdown;
        private Call.@Nullable Acknowledge acknowledge;
        private Call.@Nullable AcknowledgeOperationStatus acknowledgeOperationStatus;
        private Call.@Nullable Reconcile reconcile;
        private Call.@Nullable ReconcileOperations reconcileOperations;
        private Call.@Nullable Message message;
        private Call.@Nullable Request request;
        private Call.@Nullable Suppress suppress;
        private Call.@Nullable UpdateFramework updateFramework;

        private Builder() {}

        public Builder frameworkId(@Nullable FrameworkId value) {
            this.frameworkId = value;
            return this;
        }

        public Builder type(Call.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder subscribe(Call.@Nullable Subscribe value) {
            this.subscribe = value;
            return this;
        }

        public Builder accept(Call.@Nullable Accept value) {
            this.accept = value;
            return this;
        }

        public Builder decline(Call.@Nullable Decline value) {
            this.decline = value;
            return this;
        }

        public Builder acceptInverseOffers(Call.@Nullable AcceptInverseOffers value) {
            this.acceptInverseOffers = value;
            return this;
        }

        public Builder declineInverseOffers(Call.@Nullable DeclineInverseOffers value) {
            this.declineInverseOffers = value;
            return this;
        }

        public Builder revive(Call.@Nullable Revive value) {
            this.revive = value;
            return this;
        }

        public Builder kill(Call.@Nullable Kill value) {
            this.kill = value;
            return this;
        }

        public Builder shutdown(Call.@Nullable Shutdown value) {
            this.shutdown = value;
            return this;
        }

        public Builder acknowledge(Call.@Nullable Acknowledge value) {
            this.acknowledge = value;
            return this;
        }

        public Builder acknowledgeOperationStatus(Call.@Nullable AcknowledgeOperationStatus value) {
            this.acknowledgeOperationStatus = value;
            return this;
        }

        public Builder reconcile(Call.@Nullable Reconcile value) {
            this.reconcile = value;
            return this;
        }

        public Builder reconcileOperations(Call.@Nullable ReconcileOperations value) {
            this.reconcileOperations = value;
            return this;
        }

        public Builder message(Call.@Nullable Message value) {
            this.message = value;
            return this;
        }

        public Builder request(Call.@Nullable Request value) {
            this.request = value;
            return this;
        }

        public Builder suppress(Call.@Nullable Suppress value) {
            this.suppress = value;
            return this;
        }

        public Builder updateFramework(Call.@Nullable UpdateFramework value) {
            this.updateFramework = value;
            return this;
        }

        public Call build() {
            return new Call(
                    frameworkId,
                    type,
                    subscribe,
                    accept,
                    decline,
                    acceptInverseOffers,
                    declineInverseOffers,
                    revive,
                    kill,
                    shutdown,
                    acknowledge,
                    acknowledgeOperationStatus,
                    reconcile,
                    reconcileOperations,
                    message,
                    request,
                    suppress,
                    updateFramework);
        }
    }

    /** {@code scheduler.Call.Subscribe}. Source: v1/scheduler/scheduler.proto. */
    public record Subscribe(
            FrameworkInfo frameworkInfo,
            List<String> suppressedRoles,
            @Nullable OfferConstraints offerConstraints) {
        public Subscribe {
            suppressedRoles = List.copyOf(suppressedRoles);
        }
    }

    /** {@code scheduler.Call.Accept}. Source: v1/scheduler/scheduler.proto. */
    public record Accept(
            List<OfferId> offerIds,
            List<Offer.Operation> operations,
            @Nullable Filters filters) {
        public Accept {
            offerIds = List.copyOf(offerIds);
            operations = List.copyOf(operations);
        }
    }

    /** {@code scheduler.Call.Decline}. Source: v1/scheduler/scheduler.proto. */
    public record Decline(List<OfferId> offerIds, @Nullable Filters filters) {
        public Decline {
            offerIds = List.copyOf(offerIds);
        }
    }

    /** {@code scheduler.Call.AcceptInverseOffers}. Source: v1/scheduler/scheduler.proto. */
    public record AcceptInverseOffers(
            List<OfferId> inverseOfferIds, @Nullable Filters filters) {
        public AcceptInverseOffers {
            inverseOfferIds = List.copyOf(inverseOfferIds);
        }
    }

    /** {@code scheduler.Call.DeclineInverseOffers}. Source: v1/scheduler/scheduler.proto. */
    public record DeclineInverseOffers(
            List<OfferId> inverseOfferIds, @Nullable Filters filters) {
        public DeclineInverseOffers {
            inverseOfferIds = List.copyOf(inverseOfferIds);
        }
    }

    /** {@code scheduler.Call.Revive}. Source: v1/scheduler/scheduler.proto. */
    public record Revive(List<String> roles) {
        public Revive {
            roles = List.copyOf(roles);
        }
    }

    /** {@code scheduler.Call.Kill}. Source: v1/scheduler/scheduler.proto. */
    public record Kill(
            TaskId taskId,
            @Nullable AgentId agentId,
            @Nullable KillPolicy killPolicy) {}

    /** {@code scheduler.Call.Shutdown}. Source: v1/scheduler/scheduler.proto. */
    public record Shutdown(ExecutorId executorId, AgentId agentId) {}

    /** {@code scheduler.Call.Acknowledge}. Source: v1/scheduler/scheduler.proto. */
    public record Acknowledge(AgentId agentId, TaskId taskId, Bytes uuid) {}

    /** {@code scheduler.Call.AcknowledgeOperationStatus}. Source: v1/scheduler/scheduler.proto. */
    public record AcknowledgeOperationStatus(
            @Nullable AgentId agentId,
            @Nullable ResourceProviderId resourceProviderId,
            Bytes uuid,
            OperationId operationId) {}

    /** {@code scheduler.Call.Reconcile}. Source: v1/scheduler/scheduler.proto. */
    public record Reconcile(List<Call.Reconcile.Task> tasks) {
        public Reconcile {
            tasks = List.copyOf(tasks);
        }

        /** {@code scheduler.Call.Reconcile.Task}. Source: v1/scheduler/scheduler.proto. */
        public record Task(TaskId taskId, @Nullable AgentId agentId) {}
    }

    /** {@code scheduler.Call.ReconcileOperations}. Source: v1/scheduler/scheduler.proto. */
    public record ReconcileOperations(List<Call.ReconcileOperations.Operation> operations) {
        public ReconcileOperations {
            operations = List.copyOf(operations);
        }

        /** {@code scheduler.Call.ReconcileOperations.Operation}. Source: v1/scheduler/scheduler.proto. */
        public record Operation(
                OperationId operationId,
                @Nullable AgentId agentId,
                @Nullable ResourceProviderId resourceProviderId) {}
    }

    /** {@code scheduler.Call.Message}. Source: v1/scheduler/scheduler.proto. */
    public record Message(AgentId agentId, ExecutorId executorId, Bytes data) {}

    /** {@code scheduler.Call.Request}. Source: v1/scheduler/scheduler.proto. */
    public record Request(List<org.nucleus.wire.Request> requests) {
        public Request {
            requests = List.copyOf(requests);
        }
    }

    /** {@code scheduler.Call.Suppress}. Source: v1/scheduler/scheduler.proto. */
    public record Suppress(List<String> roles) {
        public Suppress {
            roles = List.copyOf(roles);
        }
    }

    /** {@code scheduler.Call.UpdateFramework}. Source: v1/scheduler/scheduler.proto. */
    public record UpdateFramework(
            FrameworkInfo frameworkInfo,
            List<String> suppressedRoles,
            @Nullable OfferConstraints offerConstraints) {
        public UpdateFramework {
            suppressedRoles = List.copyOf(suppressedRoles);
        }
    }

    /** {@code scheduler.Call.Type}. Source: v1/scheduler/scheduler.proto. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBE,
        TEARDOWN,
        ACCEPT,
        DECLINE,
        ACCEPT_INVERSE_OFFERS,
        DECLINE_INVERSE_OFFERS,
        REVIVE,
        KILL,
        SHUTDOWN,
        ACKNOWLEDGE,
        ACKNOWLEDGE_OPERATION_STATUS,
        RECONCILE,
        RECONCILE_OPERATIONS,
        MESSAGE,
        REQUEST,
        SUPPRESS,
        UPDATE_FRAMEWORK
    }
}
