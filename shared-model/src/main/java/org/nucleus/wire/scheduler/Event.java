package org.nucleus.wire.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.InverseOffer;
import org.nucleus.wire.MasterInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.OfferId;
import org.nucleus.wire.OperationStatus;
import org.nucleus.wire.TaskStatus;

/** {@code scheduler.Event}. Source: v1/scheduler/scheduler.proto. */
public record Event(
        Event.@Nullable Type type,
        Event.@Nullable Subscribed subscribed,
        Event.@Nullable Offers offers,
        Event.@Nullable InverseOffers inverseOffers,
        Event.@Nullable Rescind rescind,
        Event.@Nullable RescindInverseOffer rescindInverseOffer,
        Event.@Nullable Update update,
        Event.@Nullable UpdateOperationStatus updateOperationStatus,
        Event.@Nullable Message message,
        Event.@Nullable Failure failure,
        Event.@Nullable Error error) {

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.type = type;
        b.subscribed = subscribed;
        b.offers = offers;
        b.inverseOffers = inverseOffers;
        b.rescind = rescind;
        b.rescindInverseOffer = rescindInverseOffer;
        b.update = update;
        b.updateOperationStatus = updateOperationStatus;
        b.message = message;
        b.failure = failure;
        b.error = error;
        return b;
    }

    /** Collects the fields of a {@link Event}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private Event.@Nullable Type type;
        private Event.@Nullable Subscribed subscribed;
        private Event.@Nullable Offers offers;
        private Event.@Nullable InverseOffers inverseOffers;
        private Event.@Nullable Rescind rescind;
        private Event.@Nullable RescindInverseOffer rescindInverseOffer;
        private Event.@Nullable Update update;
        private Event.@Nullable UpdateOperationStatus updateOperationStatus;
        private Event.@Nullable Message message;
        private Event.@Nullable Failure failure;
        private Event.@Nullable Error error;

        private Builder() {}

        public Builder type(Event.@Nullable Type value) {
            this.type = value;
            return this;
        }

        public Builder subscribed(Event.@Nullable Subscribed value) {
            this.subscribed = value;
            return this;
        }

        public Builder offers(Event.@Nullable Offers value) {
            this.offers = value;
            return this;
        }

        public Builder inverseOffers(Event.@Nullable InverseOffers value) {
            this.inverseOffers = value;
            return this;
        }

        public Builder rescind(Event.@Nullable Rescind value) {
            this.rescind = value;
            return this;
        }

        public Builder rescindInverseOffer(Event.@Nullable RescindInverseOffer value) {
            this.rescindInverseOffer = value;
            return this;
        }

        public Builder update(Event.@Nullable Update value) {
            this.update = value;
            return this;
        }

        public Builder updateOperationStatus(Event.@Nullable UpdateOperationStatus value) {
            this.updateOperationStatus = value;
            return this;
        }

        public Builder message(Event.@Nullable Message value) {
            this.message = value;
            return this;
        }

        public Builder failure(Event.@Nullable Failure value) {
            this.failure = value;
            return this;
        }

        public Builder error(Event.@Nullable Error value) {
            this.error = value;
            return this;
        }

        public Event build() {
            return new Event(
                    type,
                    subscribed,
                    offers,
                    inverseOffers,
                    rescind,
                    rescindInverseOffer,
                    update,
                    updateOperationStatus,
                    message,
                    failure,
                    error);
        }
    }

    /** {@code scheduler.Event.Subscribed}. Source: v1/scheduler/scheduler.proto. */
    public record Subscribed(
            FrameworkId frameworkId,
            @Nullable Double heartbeatIntervalSeconds,
            @Nullable MasterInfo masterInfo) {}

    /** {@code scheduler.Event.Offers}. Source: v1/scheduler/scheduler.proto. */
    public record Offers(List<Offer> offers) {
        public Offers {
            offers = List.copyOf(offers);
        }
    }

    /** {@code scheduler.Event.InverseOffers}. Source: v1/scheduler/scheduler.proto. */
    public record InverseOffers(List<InverseOffer> inverseOffers) {
        public InverseOffers {
            inverseOffers = List.copyOf(inverseOffers);
        }
    }

    /** {@code scheduler.Event.Rescind}. Source: v1/scheduler/scheduler.proto. */
    public record Rescind(OfferId offerId) {}

    /** {@code scheduler.Event.RescindInverseOffer}. Source: v1/scheduler/scheduler.proto. */
    public record RescindInverseOffer(OfferId inverseOfferId) {}

    /** {@code scheduler.Event.Update}. Source: v1/scheduler/scheduler.proto. */
    public record Update(TaskStatus status) {}

    /** {@code scheduler.Event.UpdateOperationStatus}. Source: v1/scheduler/scheduler.proto. */
    public record UpdateOperationStatus(OperationStatus status) {}

    /** {@code scheduler.Event.Message}. Source: v1/scheduler/scheduler.proto. */
    public record Message(AgentId agentId, ExecutorId executorId, Bytes data) {}

    /** {@code scheduler.Event.Failure}. Source: v1/scheduler/scheduler.proto. */
    public record Failure(
            @Nullable AgentId agentId,
            @Nullable ExecutorId executorId,
            @Nullable Integer status) {}

    /** {@code scheduler.Event.Error}. Source: v1/scheduler/scheduler.proto. */
    public record Error(String message) {}

    /** {@code scheduler.Event.Type}. Source: v1/scheduler/scheduler.proto. */
    public enum Type {
        UNKNOWN,
        SUBSCRIBED,
        OFFERS,
        INVERSE_OFFERS,
        RESCIND,
        RESCIND_INVERSE_OFFER,
        UPDATE,
        UPDATE_OPERATION_STATUS,
        MESSAGE,
        FAILURE,
        ERROR,
        HEARTBEAT
    }
}
