package org.nucleus.master.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.scheduler.Call;

/** The original's names of what is counted, and which of them a call belongs to. */
final class CounterNames {
    private static final List<String> SLAVES = List.of(
            "slave_registrations",
            "slave_reregistrations",
            "slave_removals",
            "slave_removals/reason_unhealthy",
            "slave_removals/reason_unregistered",
            "slave_removals/reason_registered",
            "slave_unreachable_scheduled",
            "slave_unreachable_completed",
            "slave_unreachable_canceled",
            "recovery_slave_removals");
    private static final List<String> TASKS = List.of(
            "tasks_finished",
            "tasks_failed",
            "tasks_killed",
            "tasks_lost",
            "tasks_error",
            "tasks_dropped",
            "tasks_gone",
            "tasks_gone_by_operator");
    private static final List<String> MESSAGES = List.of(
            "authenticate",
            "deactivate_framework",
            "decline_offers",
            "executor_to_framework",
            "exited_executor",
            "framework_to_executor",
            "kill_task",
            "launch_tasks",
            "operation_status_update_acknowledgement",
            "reconcile_operations",
            "reconcile_tasks",
            "register_framework",
            "register_slave",
            "reregister_framework",
            "reregister_slave",
            "resource_request",
            "revive_offers",
            "status_update",
            "status_update_acknowledgement",
            "suppress_offers",
            "unregister_framework",
            "unregister_slave",
            "update_slave");
    private static final List<String> VALIDITY = List.of(
            "status_updates",
            "status_update_acknowledgements",
            "operation_status_update_acknowledgements",
            "framework_to_executor_messages",
            "executor_to_framework_messages");

    private CounterNames() {}

    static List<String> all() {
        List<String> names = new ArrayList<>();
        SLAVES.forEach(name -> names.add("master/" + name));
        TASKS.forEach(name -> names.add("master/" + name));
        MESSAGES.forEach(name -> names.add("master/messages_" + name));
        VALIDITY.forEach(name -> {
            names.add("master/valid_" + name);
            names.add("master/invalid_" + name);
        });
        names.add("master/dropped_messages");
        return List.copyOf(names);
    }

    static Optional<String> of(Call call) {
        if (call.type() == null) {
            return Optional.empty();
        }
        return switch (call.type()) {
            case TEARDOWN -> message("unregister_framework");
            case ACCEPT -> message("launch_tasks");
            case DECLINE -> message("decline_offers");
            case REVIVE -> message("revive_offers");
            case SUPPRESS -> message("suppress_offers");
            case KILL -> message("kill_task");
            case ACKNOWLEDGE -> message("status_update_acknowledgement");
            case ACKNOWLEDGE_OPERATION_STATUS -> message("operation_status_update_acknowledgement");
            case RECONCILE -> message("reconcile_tasks");
            case RECONCILE_OPERATIONS -> message("reconcile_operations");
            case MESSAGE -> message("framework_to_executor");
            case REQUEST -> message("resource_request");
            case UNKNOWN, SUBSCRIBE, SHUTDOWN, ACCEPT_INVERSE_OFFERS, DECLINE_INVERSE_OFFERS, UPDATE_FRAMEWORK ->
                Optional.empty();
        };
    }

    static Optional<String> of(AgentCall call) {
        return switch (call.type()) {
            case UPDATE -> message("status_update");
            case MESSAGE -> message("executor_to_framework");
            case EXITED_EXECUTOR -> message("exited_executor");
            case UNREGISTER -> message("unregister_slave");
            case UNKNOWN, SUBSCRIBE, PONG, UPDATE_OPERATION -> Optional.empty();
        };
    }

    private static Optional<String> message(String name) {
        return Optional.of("master/messages_" + name);
    }
}
