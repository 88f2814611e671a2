package org.nucleus.agent.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.ContainerId;
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
        List<TaskStatus> statuses) {
    public TaskRun {
        statuses = List.copyOf(statuses);
    }

    public static TaskRun accepted(TaskKey key, TaskInfo info, String user, ContainerId container, Instant now) {
        return new TaskRun(
                key,
                info,
                user,
                container,
                now,
                new Phase.Launching(),
                new Intent.Live(),
                TaskState.TASK_STAGING,
                List.of());
    }

    public boolean ended() {
        return phase instanceof Phase.Ended;
    }

    public boolean dying() {
        return intent instanceof Intent.Die;
    }

    TaskRun in(ContainerId other) {
        return new TaskRun(key, info, user, other, accepted, phase, intent, state, statuses);
    }

    TaskRun at(Phase next) {
        return new TaskRun(key, info, user, container, accepted, next, intent, state, statuses);
    }

    TaskRun meantTo(Intent next) {
        return new TaskRun(key, info, user, container, accepted, phase, next, state, statuses);
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
        return new TaskRun(key, info, user, container, accepted, phase, intent, status.state(), kept);
    }

    /** The task as the protocol shows it. {@code forwarded} is the update the scheduler has been sent last, if any. */
    public Task toTask(AgentId agent, @Nullable TaskStatus forwarded) {
        return Task.builder()
                .name(info.name())
                .taskId(info.taskId())
                .frameworkId(key.framework())
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
