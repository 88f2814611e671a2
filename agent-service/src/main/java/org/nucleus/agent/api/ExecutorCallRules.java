package org.nucleus.agent.api;

import java.util.Optional;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.executor.Call;

/** Whether an executor's call is sound, whatever the agent knows. Source: slave/validation.cpp, executor::call. */
final class ExecutorCallRules {
    private static final int UUID_BYTES = 16;

    private ExecutorCallRules() {}

    static Optional<String> fault(Call call) {
        return switch (call.type()) {
            case SUBSCRIBE ->
                call.subscribe() == null
                        ? Optional.of("Expecting 'subscribe' to be present")
                        : call.subscribe().unacknowledgedUpdates().stream()
                                .flatMap(update -> fault(update.status(), call).stream())
                                .findFirst();
            case UPDATE ->
                call.update() == null
                        ? Optional.of("Expecting 'update' to be present")
                        : fault(call.update().status(), call);
            case MESSAGE ->
                call.message() == null ? Optional.of("Expecting 'message' to be present") : Optional.empty();
            case HEARTBEAT, UNKNOWN -> Optional.empty();
            case null -> Optional.of("Expecting 'type' to be present");
        };
    }

    private static Optional<String> fault(TaskStatus status, Call call) {
        Bytes uuid = status.uuid();
        if (uuid == null) {
            return Optional.of("Expecting 'uuid' to be present");
        }
        if (uuid.toByteArray().length != UUID_BYTES) {
            return Optional.of("Not a valid UUID: expected 16 bytes, got " + uuid.toByteArray().length);
        }
        if (status.executorId() != null && !status.executorId().equals(call.executorId())) {
            return Optional.of("ExecutorID in Call: " + call.executorId().value()
                    + " does not match ExecutorID in TaskStatus: "
                    + status.executorId().value());
        }
        if (status.source() != TaskStatus.Source.SOURCE_EXECUTOR) {
            return Optional.of(
                    "Received Call from executor " + call.executorId().value() + " of framework "
                            + call.frameworkId().value() + " with invalid source, expecting 'SOURCE_EXECUTOR'");
        }
        if (status.state() == TaskState.TASK_STAGING) {
            return Optional.of(
                    "Received TASK_STAGING from executor " + call.executorId().value() + " of framework "
                            + call.frameworkId().value() + " which is not allowed");
        }
        return Optional.empty();
    }
}
