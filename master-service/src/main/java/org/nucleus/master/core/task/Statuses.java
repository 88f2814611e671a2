package org.nucleus.master.core.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Framework;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.TimeInfo;
import org.nucleus.wire.scheduler.Event;

/** Task statuses that the master makes itself: without uuid, so that nobody acknowledges them. */
public final class Statuses {
    private Statuses() {}

    public static TaskStatus.Builder of(TaskId task, @Nullable AgentId agent, TaskState state, Instant now) {
        return TaskStatus.builder()
                .taskId(task)
                .agentId(agent)
                .state(state)
                .source(TaskStatus.Source.SOURCE_MASTER)
                .timestamp(seconds(now));
    }

    public static TaskStatus of(Task task, TaskState state, Reason reason, String message, Instant now) {
        return of(task.taskId(), task.agentId(), state, now)
                .executorId(task.executorId())
                .reason(reason)
                .message(message)
                .build();
    }

    /** What the framework was last told, or would be: the answer to a reconciliation. */
    public static TaskStatus latest(Task task, Reason reason, String message, Instant now) {
        Optional<TaskStatus> last = task.statuses().isEmpty()
                ? Optional.empty()
                : Optional.of(task.statuses().getLast());
        TaskStatus.Builder status = of(task.taskId(), task.agentId(), toldState(task, last), now)
                .executorId(task.executorId())
                .reason(reason)
                .message(message);
        last.ifPresent(each ->
                status.healthy(each.healthy()).checkStatus(each.checkStatus()).containerStatus(each.containerStatus()));
        return status.build();
    }

    /** The agent's newest state may be ahead of the updates that it has not yet sent: those come first. */
    private static TaskState toldState(Task task, Optional<TaskStatus> last) {
        TaskState told = task.statusUpdateState();
        return told != null ? told : last.map(TaskStatus::state).orElse(task.state());
    }

    /** {@code aware} for frameworks with the capability PARTITION_AWARE, TASK_LOST for others. */
    public static TaskState lossFor(Framework framework, TaskState aware) {
        return framework.isPartitionAware() ? aware : TaskState.TASK_LOST;
    }

    /**
     * The task after {@code status}, whose {@code latestState} may be ahead of it. A terminal state is never left. One
     * status a state is kept, without its data. Source: master.cpp, Master::updateTask.
     */
    public static Task applied(Task task, TaskStatus status, TaskState latestState, boolean ended) {
        List<TaskStatus> statuses = new ArrayList<>(task.statuses());
        if (!statuses.isEmpty() && statuses.getLast().state() == status.state()) {
            statuses.removeLast();
        }
        statuses.add(status.toBuilder().data(null).build());
        return task.toBuilder()
                .state(ended ? task.state() : latestState)
                .statuses(statuses)
                .build();
    }

    public static Event update(TaskStatus status) {
        return Event.builder()
                .type(Event.Type.UPDATE)
                .update(new Event.Update(status))
                .build();
    }

    public static TimeInfo time(Instant at) {
        return new TimeInfo(Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
    }

    private static double seconds(Instant now) {
        return now.getEpochSecond() + now.getNano() / 1e9;
    }
}
