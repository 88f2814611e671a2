package org.nucleus.driver;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.nucleus.wire.Offer;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/** The tasks that operations on an offer would launch, and what is said of those that no master has heard of. */
final class Launches {
    private Launches() {}

    static List<TaskInfo> of(List<Offer.Operation> operations) {
        return operations.stream().flatMap(Launches::of).toList();
    }

    /** Says of {@code task} what a master would that could not pass it on. Source: sched/sched.cpp, acceptOffers. */
    static TaskStatus lost(TaskInfo task, boolean partitionAware, String message, TaskStatus.Reason reason) {
        return TaskStatus.builder()
                .taskId(task.taskId())
                .state(partitionAware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST)
                .source(TaskStatus.Source.SOURCE_MASTER)
                .reason(reason)
                .message(message)
                .timestamp(Instant.now().toEpochMilli() / 1000.0)
                .build();
    }

    private static Stream<TaskInfo> of(Offer.Operation operation) {
        Stream<TaskInfo> single = operation.launch() == null ? Stream.of() : operation.launch().taskInfos().stream();
        Stream<TaskInfo> grouped =
                operation.launchGroup() == null ? Stream.of() : operation.launchGroup().taskGroup().tasks().stream();
        return Stream.concat(single, grouped);
    }
}
