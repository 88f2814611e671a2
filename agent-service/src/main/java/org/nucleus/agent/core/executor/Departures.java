package org.nucleus.agent.core.executor;

import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Statuses;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentCall;

/**
 * The end of an executor: its tasks get the state and the reason of how it ended, the master is told, and it is
 * forgotten. Source: slave.cpp, Slave::executorTerminated and sendExecutorTerminatedStatusUpdate.
 */
final class Departures {
    private static final int NO_STATUS = -1;
    private static final int KILLED = 9;

    private final TaskRuns runs;

    Departures(TaskRuns runs) {
        this.runs = runs;
    }

    /** Why tasks that have not ended by themselves are over. */
    private record Verdict(TaskState state, Reason reason, String message) {}

    /** A task for an executor that is on its way out. */
    void deny(ExecutorKey key, TaskId task, Frame frame) {
        runs.deny(new TaskKey(key.framework(), task), Reason.REASON_EXECUTOR_TERMINATED, "Executor terminating", frame);
    }

    /** It is not here, whatever the master believes. */
    void absent(ExecutorKey key, Frame frame) {
        report(key, NO_STATUS, frame);
    }

    /** Its command has not run. */
    void failed(ExecutorRun executor, String message, Frame frame) {
        Verdict verdict = executor.dying()
                ? new Verdict(TaskState.TASK_FAILED, Reason.REASON_EXECUTOR_TERMINATED, message)
                : new Verdict(TaskState.TASK_FAILED, Reason.REASON_CONTAINER_LAUNCH_FAILED, message);
        depart(executor, verdict, NO_STATUS, frame);
    }

    void ended(ExecutorRun executor, Ending ending, Frame frame) {
        depart(executor, verdict(executor, ending, frame), waitStatus(ending), frame);
    }

    /** The built-in executor has no task left. */
    void done(ExecutorRun executor, Frame frame) {
        ended(executor, new Ending.Exited(0), frame);
    }

    private void depart(ExecutorRun executor, Verdict verdict, int status, Frame frame) {
        ExecutorKey key = executor.key();
        for (TaskRun run : frame.state().runsOf(key)) {
            if (!run.ended()) {
                runs.conclude(run, status(run, verdict, frame), frame);
            }
        }
        frame.state()
                .subscription(key)
                .ifPresent(stream -> frame.emit(new Effect.CloseExecutorStream(stream, "the executor has ended")));
        frame.record(new Change.ExecutorForgotten(key));
        frame.emit(new Effect.CancelWake(new TimerKey.Subscription(key)));
        frame.emit(new Effect.CancelWake(new TimerKey.ExecutorKillDue(key)));
        frame.emit(new Effect.ForgetContainer(executor.container()));
        frame.state()
                .agentId()
                .ifPresent(agent -> frame.emit(new Effect.RetireSandbox(agent, key, executor.container())));
        report(key, status, frame);
        UpdateStreams.forgetIfUnused(key.framework(), frame);
        runs.clearIfNothingIsLeft(frame);
    }

    /**
     * Without a link the master learns it from the next SUBSCRIBE, which lists the executors. One that is under way
     * already listed this one, so the news goes after it.
     */
    private static void report(ExecutorKey key, int status, Frame frame) {
        switch (frame.state().link()) {
            case Link.Idle _, Link.Waiting _ -> {}
            case Link.Opening(long link) -> report(link, key, status, frame);
            case Link.Registered(long link, var _) -> report(link, key, status, frame);
        }
    }

    private static void report(long link, ExecutorKey key, int status, Frame frame) {
        frame.state()
                .agentId()
                .ifPresent(agent -> frame.emit(new Effect.SendCall(
                        link,
                        AgentCall.exitedExecutor(
                                agent, new AgentCall.ExitedExecutor(key.framework(), key.executor(), status)))));
    }

    private static TaskStatus status(TaskRun run, Verdict verdict, Frame frame) {
        return Statuses.ofAgent(run.key(), verdict.state(), verdict.reason(), verdict.message(), frame).toBuilder()
                .executorId(run.executorKey().executor())
                .build();
    }

    private static Verdict verdict(ExecutorRun executor, Ending ending, Frame frame) {
        Intent.Cause cause = executor.intent() instanceof Intent.Die die ? die.cause() : Intent.Cause.KILL;
        return switch (cause) {
            case REGISTRATION_TIMEOUT ->
                new Verdict(
                        TaskState.TASK_FAILED,
                        Reason.REASON_EXECUTOR_REGISTRATION_TIMEOUT,
                        "Executor did not register within "
                                + frame.state()
                                        .settings()
                                        .executorRegistration()
                                        .toSeconds() + " s");
            case REREGISTRATION_TIMEOUT ->
                new Verdict(
                        TaskRuns.isPartitionAware(executor.key().framework(), frame)
                                ? TaskState.TASK_GONE
                                : TaskState.TASK_LOST,
                        Reason.REASON_EXECUTOR_REREGISTRATION_TIMEOUT,
                        "Executor did not come back within "
                                + frame.state()
                                        .settings()
                                        .executorReregistration()
                                        .toSeconds() + " s");
            default ->
                new Verdict(TaskState.TASK_FAILED, Reason.REASON_EXECUTOR_TERMINATED, "Executor: " + ending.message());
        };
    }

    private static int waitStatus(Ending ending) {
        return switch (ending) {
            case Ending.Exited(int status) -> status << 8;
            case Ending.Signaled(int signal, var _) -> signal;
            case Ending.Limited _ -> KILLED;
            case Ending.Lost _ -> NO_STATUS;
        };
    }
}
