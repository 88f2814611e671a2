package org.nucleus.agent.core.executor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Statuses;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;
import org.nucleus.wire.agentlink.AgentEvent;
import org.nucleus.wire.executor.Call;

/** What executors say over the executor API. Source: slave/http.cpp, Http::executor, and Slave::subscribe. */
public final class ExecutorCalls {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final Executors executors;
    private final TaskRuns runs;
    private final UpdateStreams updates;

    public ExecutorCalls(Executors executors, TaskRuns runs, UpdateStreams updates) {
        this.executors = executors;
        this.runs = runs;
        this.updates = updates;
    }

    /**
     * A new subscription ends the earlier one. First come the updates the executor still holds, then the loss of tasks
     * it never got, then SUBSCRIBED, then what was queued for it.
     */
    public void subscribe(AgentInput.ExecutorSubscribed in, Frame frame) {
        ExecutorKey key = key(in.call());
        Optional<String> fault = fault(key, frame);
        if (fault.isPresent()) {
            frame.emit(new Effect.AnswerExecutor(in.ticket(), BAD_REQUEST, fault.get()));
            return;
        }
        frame.state()
                .subscription(key)
                .ifPresent(
                        stream -> frame.emit(new Effect.CloseExecutorStream(stream, "the executor subscribed again")));
        frame.record(new Change.ExecutorConnected(key, in.stream()));
        frame.emit(new Effect.CancelWake(new TimerKey.Subscription(key)));
        frame.emit(new Effect.AnswerExecutor(in.ticket(), OK, ""));
        ExecutorRun executor = frame.state().executor(key).orElseThrow();
        if (executor.dying()) {
            Executors.tell(key, ExecutorEvents.shutdown(), frame);
            return;
        }
        welcome(executor, Objects.requireNonNull(in.call().subscribe()), frame);
    }

    private void welcome(ExecutorRun executor, Call.Subscribe subscribe, Frame frame) {
        ExecutorKey key = executor.key();
        subscribe.unacknowledgedUpdates().forEach(update -> receive(executor, update.status(), frame));
        loseWhatDidNotArrive(key, subscribe, frame);
        boolean idle = frame.state().runsOf(key).stream().allMatch(TaskRun::ended);
        if (!executor.seen()) {
            frame.record(new Change.ExecutorSeen(key));
            if (idle) {
                executors.shutDown(frame.state().executor(key).orElseThrow(), Intent.Cause.EXECUTOR_SHUTDOWN, frame);
                return;
            }
        }
        Framework framework = frame.state().framework(key.framework()).orElseThrow();
        Executors.tell(key, ExecutorEvents.subscribed(executor, framework.info(), frame.state()), frame);
        for (TaskRun run : frame.state().runsOf(key)) {
            if (!run.ended() && run.dying()) {
                Executors.tell(
                        key, ExecutorEvents.kill(run.key().task(), run.info().killPolicy()), frame);
            }
        }
        executors.deliverQueued(executor, frame);
    }

    /** Tasks that were given to the executor, of which it neither has an update nor knows. */
    private void loseWhatDidNotArrive(ExecutorKey key, Call.Subscribe subscribe, Frame frame) {
        for (TaskRun run : frame.state().runsOf(key)) {
            boolean given = run.phase() instanceof Phase.Running && run.state() == TaskState.TASK_STAGING;
            boolean known = subscribe.unacknowledgedTasks().stream()
                    .anyMatch(task -> task.taskId().equals(run.key().task()));
            if (given && !known) {
                TaskState state = TaskRuns.isPartitionAware(key.framework(), frame)
                        ? TaskState.TASK_DROPPED
                        : TaskState.TASK_LOST;
                runs.conclude(
                        run,
                        Statuses.ofAgent(
                                run.key(),
                                state,
                                Reason.REASON_AGENT_RESTARTED,
                                "Task launched during agent restart",
                                frame),
                        frame);
            }
        }
    }

    public void called(AgentInput.ExecutorCalled in, Frame frame) {
        ExecutorKey key = key(in.call());
        Optional<String> fault = fault(key, frame);
        if (fault.isPresent()) {
            frame.emit(new Effect.AnswerExecutor(in.ticket(), BAD_REQUEST, fault.get()));
        } else if (frame.state().subscription(key).isEmpty()) {
            frame.emit(new Effect.AnswerExecutor(in.ticket(), FORBIDDEN, "Executor is not subscribed"));
        } else {
            take(frame.state().executor(key).orElseThrow(), in.call(), frame);
            frame.emit(new Effect.AnswerExecutor(in.ticket(), ACCEPTED, ""));
        }
    }

    private void take(ExecutorRun executor, Call call, Frame frame) {
        if (call.update() != null) {
            receive(executor, call.update().status(), frame);
        } else if (call.message() != null && frame.state().link() instanceof Link.Registered(long link, var _)) {
            ExecutorKey key = executor.key();
            frame.emit(new Effect.SendCall(
                    link,
                    AgentCall.message(
                            frame.state().agentId().orElseThrow(),
                            new AgentCall.Message(
                                    key.framework(),
                                    key.executor(),
                                    call.message().data()))));
        }
    }

    /** A scheduler's message to its executor; dropped if that is not listening. */
    public void deliver(AgentEvent.Message message, Frame frame) {
        ExecutorKey key = new ExecutorKey(message.frameworkId(), message.executorId());
        Executors.tell(key, ExecutorEvents.message(message.data()), frame);
    }

    /** The executor is acknowledged to when the update is stored; one that came before is acknowledged again. */
    private void receive(ExecutorRun executor, TaskStatus status, Frame frame) {
        Bytes uuid = Objects.requireNonNull(status.uuid());
        TaskKey task = new TaskKey(executor.key().framework(), status.taskId());
        Executors.tell(executor.key(), ExecutorEvents.acknowledged(status.taskId(), uuid), frame);
        TaskRun run = frame.state().run(task).orElse(null);
        if (run == null || run.ended() || !run.executorKey().equals(executor.key()) || cameBefore(run, uuid, frame)) {
            return;
        }
        TaskStatus complete = complete(executor, status, frame);
        if (UpdateStreams.isTerminal(status.state())) {
            runs.conclude(run, complete, frame);
        } else if (!frame.state()
                        .framework(task.framework())
                        .map(Framework::shuttingDown)
                        .orElse(true)
                && !frame.state().isDismissed()) {
            updates.queue(task.framework(), complete, frame);
        }
    }

    private static boolean cameBefore(TaskRun run, Bytes uuid, Frame frame) {
        List<TaskStatus> pending =
                frame.state().stream(run.key()).map(stream -> stream.pending()).orElse(List.of());
        return run.statuses().stream().anyMatch(known -> Objects.equals(uuid, known.uuid()))
                || pending.stream().anyMatch(known -> Objects.equals(uuid, known.uuid()));
    }

    private static TaskStatus complete(ExecutorRun executor, TaskStatus status, Frame frame) {
        TaskStatus.Builder complete = status.toBuilder()
                .executorId(executor.key().executor())
                .agentId(frame.state().agentId().orElse(null));
        if (status.timestamp() == null) {
            complete.timestamp(Statuses.seconds(frame.now()));
        }
        if (status.containerStatus() == null) {
            complete.containerStatus(Statuses.container(executor.container(), frame.state()));
        }
        return complete.build();
    }

    private static ExecutorKey key(Call call) {
        return new ExecutorKey(call.frameworkId(), call.executorId());
    }

    private static Optional<String> fault(ExecutorKey key, Frame frame) {
        if (frame.state().framework(key.framework()).isEmpty()) {
            return Optional.of("Framework cannot be found");
        }
        boolean known = frame.state()
                .executor(key)
                .filter(executor -> !executor.isBuiltIn())
                .isPresent();
        return known ? Optional.empty() : Optional.of("Executor cannot be found");
    }
}
