package org.nucleus.master.core.task;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.RegistrySnapshot.KnownAgent;
import org.nucleus.master.core.state.TaskKey;
import org.nucleus.wire.AgentId;
import org.nucleus.wire.Task;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.scheduler.Call;

/** Answers to frameworks that ask what became of their tasks. Source: master.cpp, Master::reconcile. */
public final class Reconciliation {
    private static final String LATEST = "Reconciliation: Latest task state";

    /** Names tasks: one answer for each that is known well enough. Names none: one for every task that is tracked. */
    public void reconcile(Framework framework, Call.Reconcile reconcile, Frame frame) {
        if (reconcile.tasks().isEmpty()) {
            for (TaskKey key : frame.state().frameworks().tasks(framework.id())) {
                Task task = frame.state().tasks().get(key);
                if (task != null && isConfirmed(task, frame.state())) {
                    frame.tell(framework, Statuses.update(latest(task, frame.now())));
                }
            }
            return;
        }
        for (Call.Reconcile.Task asked : reconcile.tasks()) {
            answer(framework, asked, frame).ifPresent(status -> frame.tell(framework, Statuses.update(status)));
        }
    }

    private static Optional<TaskStatus> answer(Framework framework, Call.Reconcile.Task asked, Frame frame) {
        MasterState state = frame.state();
        Task task = state.tasks().get(new TaskKey(framework.id(), asked.taskId()));
        if (task != null && isConfirmed(task, state)) {
            return Optional.of(latest(task, frame.now()));
        }
        if (task != null || mayStillComeBack(asked.agentId(), state)) {
            return Optional.empty();
        }
        return Optional.of(unknown(framework, asked.taskId(), asked.agentId(), frame));
    }

    private static TaskStatus unknown(Framework framework, TaskId task, @Nullable AgentId agent, Frame frame) {
        MasterState state = frame.state();
        if (agent != null && state.agents().get(agent) != null) {
            return status(framework, task, agent, TaskState.TASK_GONE, "Task is unknown to the agent", frame)
                    .build();
        }
        KnownAgent unreachable = agent == null ? null : state.agents().unreachable(agent);
        if (unreachable != null) {
            return status(framework, task, agent, TaskState.TASK_UNREACHABLE, "Task is unreachable", frame)
                    .unreachableTime(Statuses.time(unreachable.standingSince()))
                    .build();
        }
        if (agent != null && state.agents().gone(agent) != null) {
            return status(framework, task, agent, TaskState.TASK_GONE_BY_OPERATOR, "Task is gone", frame)
                    .build();
        }
        return status(framework, task, agent, TaskState.TASK_UNKNOWN, "Task is unknown", frame)
                .build();
    }

    private static TaskStatus.Builder status(
            Framework framework, TaskId task, @Nullable AgentId agent, TaskState state, String message, Frame frame) {
        return Statuses.of(task, agent, Statuses.lossFor(framework, state), frame.now())
                .reason(Reason.REASON_RECONCILIATION)
                .message("Reconciliation: " + message);
    }

    private static TaskStatus latest(Task task, Instant now) {
        return Statuses.latest(task, Reason.REASON_RECONCILIATION, LATEST, now);
    }

    /** Whether the task's agent has spoken of it since the election: the registry's memory may be behind. */
    private static boolean isConfirmed(Task task, MasterState state) {
        Agent agent = state.agents().get(task.agentId());
        return agent != null && !agent.isRecovered();
    }

    private static boolean mayStillComeBack(@Nullable AgentId named, MasterState state) {
        if (named == null) {
            return state.isRecovering() && state.agents().anyRecovered();
        }
        Agent agent = state.agents().get(named);
        return agent != null && agent.isRecovered();
    }
}
