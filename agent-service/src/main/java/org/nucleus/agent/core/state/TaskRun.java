package org.nucleus.agent.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;

/**
 * A task the agent has taken on, until its terminal update is acknowledged.
 *
 * @param user whom it runs as by the command's or the framework's word
 * @param state the newest, which may be ahead of what the scheduler has heard
 * @param statuses the newest of each state, in order of first appearance
 * @param runner who runs it; with an executor of the framework's own, {@code container} is that executor's, and
 *     {@code phase} is running from when the executor was given the task
 */
public record TaskRun(
        TaskKey key,
        TaskInfo info,
        String user,
        ContainerId container,
        Instant accepted,
        Phase phase,
        Intent intent,
        TaskState state,
        List<TaskStatus> statuses,
        Runner runner) {
    public TaskRun {
        statuses = List.copyOf(statuses);
    }

    public static TaskRun accepted(TaskKey key, TaskInfo info, String user, ContainerId container, Instant now) {
        return accepted(key, info, user, container, now, new Runner.Command());
    }

    public static TaskRun accepted(
            TaskKey key, TaskInfo info, String user, ContainerId container, Instant now, Runner runner) {
        return new TaskRun(
                key,
                info,
                user,
                container,
                now,
                new Phase.Launching(),
                new Intent.Live(),
                TaskState.TASK_STAGING,
                List.of(),
                runner);
    }

    public boolean ended() {
        return phase instanceof Phase.Ended;
    }

    public boolean dying() {
        return intent instanceof Intent.Die;
    }

    /** Whether the container is the task's alone. */
    public boolean ownsContainer() {
        return !(runner instanceof Runner.Custom);
    }

    /** A command task's executor has the task's id. */
    public ExecutorKey executorKey() {
        return new ExecutorKey(
                key.framework(),
                runner.named().orElseGet(() -> new ExecutorId(key.task().value())));
    }

    TaskRun in(ContainerId other) {
        return new TaskRun(key, info, user, other, accepted, phase, intent, state, statuses, runner);
    }

    TaskRun at(Phase next) {
        return new TaskRun(key, info, user, container, accepted, next, intent, state, statuses, runner);
    }

    TaskRun meantTo(Intent next) {
        return new TaskRun(key, info, user, container, accepted, phase, next, state, statuses, runner);
    }

    TaskRun reported(TaskStatus status) {
        List<TaskStatus> kept = new ArrayList<>(statuses);
        int same = 0;
        while (same < kept.size() && kept.get(same).state() != status.state()) {
            same++;
        }
        if (same < kept.size()) {
            kept.set(same, status);
        } else {
            kept.add(status);
        }
        return new TaskRun(key, info, user, container, accepted, phase, intent, status.state(), kept, runner);
    }

    /** The task as the protocol shows it. {@code forwarded} is the update the scheduler has been sent last, if any. */
    public Task toTask(AgentId agent, @Nullable TaskStatus forwarded) {
        return Task.builder()
                .name(info.name())
                .taskId(info.taskId())
                .frameworkId(key.framework())
                .executorId(runner.named().orElse(null))
                .agentId(agent)
                .state(state)
                .resources(info.resources())
                .statuses(statuses)
                .statusUpdateState(forwarded == null ? null : forwarded.state())
                .statusUpdateUuid(forwarded == null ? null : forwarded.uuid())
                .labels(info.labels())
                .discovery(info.discovery())
                .container(info.container())
                .healthCheck(info.healthCheck())
                .killPolicy(info.killPolicy())
                .user(user)
                .limits(info.limits())
                .build();
    }
}
