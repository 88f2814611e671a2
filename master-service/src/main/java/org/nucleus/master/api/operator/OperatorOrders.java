package org.nucleus.master.api.operator;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Caller;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Ticket;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.ProtobufDuration;
import org.nucleus.wire.master.Call;

/** The calls by which operators set something, as inputs. */
final class OperatorOrders {
    private OperatorOrders() {}

    /** What {@code call}, which is valid, asks the machine; empty if it sets nothing. */
    static Optional<Function<Ticket, MasterInput>> of(Call call, Caller caller) {
        Function<Ticket, MasterInput> input = switch (Objects.requireNonNull(call.type())) {
            case UPDATE_QUOTA -> {
                var body = there(call.updateQuota());
                boolean force = Boolean.TRUE.equals(body.force());
                yield ticket -> new MasterInput.UpdateQuota(ticket, body.quotaConfigs(), force, caller);
            }
            case SET_QUOTA -> {
                var body = there(call.setQuota());
                yield ticket -> new MasterInput.SetQuota(ticket, body.quotaRequest(), caller);
            }
            case REMOVE_QUOTA -> {
                var body = there(call.removeQuota());
                yield ticket -> new MasterInput.RemoveQuota(ticket, body.role(), caller);
            }
            case UPDATE_WEIGHTS -> {
                var body = there(call.updateWeights());
                yield ticket -> new MasterInput.UpdateWeights(ticket, body.weightInfos(), caller);
            }
            case UPDATE_MAINTENANCE_SCHEDULE -> {
                var body = there(call.updateMaintenanceSchedule());
                yield ticket -> new MasterInput.UpdateSchedule(ticket, body.schedule(), caller);
            }
            case START_MAINTENANCE -> {
                var body = there(call.startMaintenance());
                yield ticket -> new MasterInput.StartMaintenance(ticket, body.machines(), caller);
            }
            case STOP_MAINTENANCE -> {
                var body = there(call.stopMaintenance());
                yield ticket -> new MasterInput.StopMaintenance(ticket, body.machines(), caller);
            }
            default -> ofAgent(call, caller);
        };
        return Optional.ofNullable(input);
    }

    private static @Nullable Function<Ticket, MasterInput> ofAgent(Call call, Caller caller) {
        return switch (Objects.requireNonNull(call.type())) {
            case DRAIN_AGENT -> {
                var body = there(call.drainAgent());
                DrainConfig config = config(body);
                yield ticket -> new MasterInput.DrainAgent(ticket, body.agentId(), config, caller);
            }
            case DEACTIVATE_AGENT -> {
                var body = there(call.deactivateAgent());
                yield ticket -> new MasterInput.DeactivateAgent(ticket, body.agentId(), caller);
            }
            case REACTIVATE_AGENT -> {
                var body = there(call.reactivateAgent());
                yield ticket -> new MasterInput.ReactivateAgent(ticket, body.agentId(), caller);
            }
            default -> ResourceOrders.of(call, caller);
        };
    }

    private static DrainConfig config(Call.DrainAgent drain) {
        ProtobufDuration grace = drain.maxGracePeriod();
        DurationInfo most =
                grace == null ? null : new DurationInfo(duration(grace).toNanos());
        return new DrainConfig(most, drain.markGone());
    }

    /** At most a hundred years: more can't be counted in nanoseconds. */
    static Duration duration(ProtobufDuration told) {
        long seconds = Objects.requireNonNullElse(told.seconds(), 0L);
        long most = Duration.ofDays(36_500).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, -most, most), Objects.requireNonNullElse(told.nanos(), 0));
    }

    private static <T> T there(@Nullable T body) {
        return Objects.requireNonNull(body, "validated");
    }
}
