package org.nucleus.master.api.operator;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.master.Call;

/** The calls by which operators reserve resources and make volumes, as inputs. */
final class ResourceOrders {
    private ResourceOrders() {}

    /** What {@code call}, which is valid, asks the machine; null if it is none of these calls. */
    static @Nullable Function<Ticket, MasterInput> of(Call call, Caller caller) {
        return switch (Objects.requireNonNull(call.type())) {
            case RESERVE_RESOURCES -> {
                var body = Objects.requireNonNull(call.reserveResources());
                yield input(
                        body.agentId(),
                        Operation.builder()
                                .type(Operation.Type.RESERVE)
                                .reserve(new Operation.Reserve(body.source(), body.resources())),
                        caller);
            }
            case UNRESERVE_RESOURCES -> {
                var body = Objects.requireNonNull(call.unreserveResources());
                yield input(
                        body.agentId(),
                        Operation.builder()
                                .type(Operation.Type.UNRESERVE)
                                .unreserve(new Operation.Unreserve(body.resources())),
                        caller);
            }
            default -> ofVolume(call, caller);
        };
    }

    private static @Nullable Function<Ticket, MasterInput> ofVolume(Call call, Caller caller) {
        return switch (Objects.requireNonNull(call.type())) {
            case CREATE_VOLUMES -> {
                var body = Objects.requireNonNull(call.createVolumes());
                yield input(
                        body.agentId(),
                        Operation.builder().type(Operation.Type.CREATE).create(new Operation.Create(body.volumes())),
                        caller);
            }
            case DESTROY_VOLUMES -> {
                var body = Objects.requireNonNull(call.destroyVolumes());
                yield input(
                        body.agentId(),
                        Operation.builder().type(Operation.Type.DESTROY).destroy(new Operation.Destroy(body.volumes())),
                        caller);
            }
            case GROW_VOLUME -> {
                var body = Objects.requireNonNull(call.growVolume());
                yield input(
                        Objects.requireNonNull(body.agentId()),
                        Operation.builder()
                                .type(Operation.Type.GROW_VOLUME)
                                .growVolume(new Operation.GrowVolume(body.volume(), body.addition())),
                        caller);
            }
            case SHRINK_VOLUME -> {
                var body = Objects.requireNonNull(call.shrinkVolume());
                yield input(
                        Objects.requireNonNull(body.agentId()),
                        Operation.builder()
                                .type(Operation.Type.SHRINK_VOLUME)
                                .shrinkVolume(new Operation.ShrinkVolume(body.volume(), body.subtract())),
                        caller);
            }
            default -> null;
        };
    }

    private static Function<Ticket, MasterInput> input(AgentId agent, Operation.Builder operation, Caller caller) {
        Operation whole = operation.build();
        return ticket -> new MasterInput.Operate(ticket, agent, whole, caller);
    }
}
