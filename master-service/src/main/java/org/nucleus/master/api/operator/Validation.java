package org.nucleus.master.api.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.ProtobufDuration;
import org.nucleus.wire.master.Call;

/** What a call must have to be looked at. Source: master/validation.cpp, master::call::validate. */
final class Validation {
    private Validation() {}

    static Optional<String> fault(Call call) {
        if (call.type() == null) {
            return Optional.of("Expecting 'type' to be present");
        }
        return switch (call.type()) {
            case GET_METRICS -> present(call.getMetrics(), "get_metrics");
            case SET_LOGGING_LEVEL -> present(call.setLoggingLevel(), "set_logging_level");
            case LIST_FILES -> present(call.listFiles(), "list_files");
            case READ_FILE -> present(call.readFile(), "read_file");
            case UPDATE_QUOTA -> present(call.updateQuota(), "update_quota");
            case SET_QUOTA -> present(call.setQuota(), "set_quota");
            case REMOVE_QUOTA -> present(call.removeQuota(), "remove_quota");
            case UPDATE_WEIGHTS -> present(call.updateWeights(), "update_weights");
            case UPDATE_MAINTENANCE_SCHEDULE ->
                present(call.updateMaintenanceSchedule(), "update_maintenance_schedule");
            case START_MAINTENANCE -> present(call.startMaintenance(), "start_maintenance");
            case STOP_MAINTENANCE -> present(call.stopMaintenance(), "stop_maintenance");
            case DRAIN_AGENT -> drain(call);
            case DEACTIVATE_AGENT -> present(call.deactivateAgent(), "deactivate_agent");
            case REACTIVATE_AGENT -> present(call.reactivateAgent(), "reactivate_agent");
            case RESERVE_RESOURCES -> present(call.reserveResources(), "reserve_resources");
            case UNRESERVE_RESOURCES -> present(call.unreserveResources(), "unreserve_resources");
            case CREATE_VOLUMES -> present(call.createVolumes(), "create_volumes");
            case DESTROY_VOLUMES -> present(call.destroyVolumes(), "destroy_volumes");
            case GROW_VOLUME -> {
                Call.GrowVolume grow = call.growVolume();
                yield grow == null ? present(null, "grow_volume") : present(grow.agentId(), "grow_volume.agent_id");
            }
            case SHRINK_VOLUME -> {
                Call.ShrinkVolume shrink = call.shrinkVolume();
                yield shrink == null
                        ? present(null, "shrink_volume")
                        : present(shrink.agentId(), "shrink_volume.agent_id");
            }
            case TEARDOWN -> present(call.teardown(), "teardown");
            case MARK_AGENT_GONE -> present(call.markAgentGone(), "mark_agent_gone");
            default -> Optional.empty();
        };
    }

    private static Optional<String> drain(Call call) {
        Call.DrainAgent drain = call.drainAgent();
        ProtobufDuration grace = drain == null ? null : drain.maxGracePeriod();
        boolean negative = grace != null && OperatorOrders.duration(grace).isNegative();
        return negative
                ? Optional.of("Expecting 'max_grace_period' to be non-negative")
                : present(drain, "drain_agent");
    }

    private static Optional<String> present(@Nullable Object part, String name) {
        return part == null ? Optional.of("Expecting '" + name + "' to be present") : Optional.empty();
    }
}
