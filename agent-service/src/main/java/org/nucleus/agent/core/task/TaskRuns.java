package org.nucleus.agent.core.task;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Framework;
import org.nucleus.agent.core.state.Identity;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/** A task's way from RUN_TASK to its end. What it reports is what the original's command executor reports. */
public final class TaskRuns {
    private final UpdateStreams updates;

    public TaskRuns(UpdateStreams updates) {
        this.updates = updates;
    }

    /** A command task: {@link #mayTakeOn} decides whether it is taken on at all. */
    public void run(AgentEvent.RunTask in, Frame frame) {
        if (!mayTakeOn(in.frameworkInfo(), in.task(), frame)) {
            return;
        }
        storeFramework(in.frameworkInfo(), frame);
        TaskRun run = takeOn(in.frameworkInfo(), in.task(), new Runner.Command(), newContainer(frame), frame);
        Optional<String> unsupported = unsupported(in.task());
        if (unsupported.isPresent()) {
            refuse(run, Reason.REASON_TASK_INVALID, unsupported.get(), frame);
        } else {
            launch(run, frame);
        }
    }

    public void started(AgentInput.ContainerStarted in, Frame frame) {
        TaskRun run = frame.state().runIn(in.container()).orElse(null);
        if (run == null || run.ended()) {
            frame.emit(new Effect.SignalContainer(in.container(), Effect.Signal.KILL));
            return;
        }
        if (run.phase() instanceof Phase.Launching) {
            begin(run, frame);
        }
    }

    /** The command runs: a task that is to die is not reported as running first. */
    public void begin(TaskRun run, Frame frame) {
        frame.record(new Change.TaskStarted(run.key(), frame.now()));
        if (run.dying()) {
            frame.emit(new Effect.SignalContainer(run.container(), Effect.Signal.KILL));
            return;
        }
        FrameworkId framework = run.key().framework();
        updates.queue(framework, Statuses.ofExecutor(run, TaskState.TASK_STARTING, null, frame), frame);
        updates.queue(framework, Statuses.ofExecutor(run, TaskState.TASK_RUNNING, null, frame), frame);
        watchCompletion(run.key(), frame);
    }

    /** Sets the alarm for a running task's {@code max_completion_time}. */
    public void watchCompletion(TaskKey key, Frame frame) {
        TaskRun run = frame.state().run(key).orElseThrow();
        var most = run.info().maxCompletionTime();
        if (most != null && run.phase() instanceof Phase.Running(var since)) {
            frame.emit(new Effect.Wake(new TimerKey.Completion(key), since.plus(Duration.ofNanos(most.nanoseconds()))));
        }
    }

    public void launchFailed(AgentInput.LaunchFailed in, Frame frame) {
        frame.state()
                .runIn(in.container())
                .filter(run -> !run.ended())
                .ifPresent(run -> failLaunch(run, in.message(), frame));
    }

    /** Its command has not run. Source: slave.cpp, Slave::killTask and Slave::executorTerminated. */
    public void failLaunch(TaskRun run, String message, Frame frame) {
        if (run.dying()) {
            end(run, killedDuringLaunch(run, frame), frame);
            return;
        }
        end(
                run,
                Statuses.ofAgent(
                        run.key(), TaskState.TASK_FAILED, Reason.REASON_CONTAINER_LAUNCH_FAILED, message, frame),
                frame);
    }

    public void ended(AgentInput.ContainerEnded in, Frame frame) {
        TaskRun run = frame.state().runIn(in.container()).orElse(null);
        if (run == null || run.ended()) {
            frame.emit(new Effect.ForgetContainer(in.container()));
            return;
        }
        end(run, in.ending(), frame);
    }

    public void end(TaskRun run, Ending ending, Frame frame) {
        if (ending instanceof Ending.Limited limited && !run.dying()) {
            end(run, Statuses.ofLimitation(run.key(), limited, frame), frame);
            return;
        }
        TaskStatus status = Statuses.ofExecutor(run, stateAfter(run, ending), ending.message(), frame);
        boolean tookTooLong = run.intent() instanceof Intent.Die die && die.cause() == Intent.Cause.MAX_COMPLETION_TIME;
        end(
                run,
                tookTooLong
                        ? status.toBuilder()
                                .reason(Reason.REASON_MAX_COMPLETION_TIME_REACHED)
                                .build()
                        : status,
                frame);
    }

    /** Nothing is left of a task that was running, not even how it ended. */
    public void lose(TaskRun run, Frame frame) {
        TaskState state = isPartitionAware(run.key().framework(), frame) ? TaskState.TASK_GONE : TaskState.TASK_LOST;
        end(
                run,
                Statuses.ofAgent(
                        run.key(),
                        run.dying() ? TaskState.TASK_KILLED : state,
                        Reason.REASON_EXECUTOR_TERMINATED,
                        "The task's process is gone and left no exit status",
                        frame),
                frame);
    }

    /** The launch that was stored did not happen; it happens now, in a container of another name. */
    public void launchAgain(TaskRun run, Frame frame) {
        frame.emit(new Effect.ForgetContainer(run.container()));
        frame.record(new Change.ContainerReplaced(run.key(), newContainer(frame)));
        launch(frame.state().run(run.key()).orElseThrow(), frame);
    }

    /** Reports a task as never having been here. Source: slave.cpp, Slave::killTask and Slave::reregistered. */
    public void deny(TaskKey key, Reason reason, String message, Frame frame) {
        TaskState state = isPartitionAware(key.framework(), frame) ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
        updates.queue(key.framework(), Statuses.ofAgent(key, state, reason, message, frame), frame);
    }

    /** A reservation or volume that the task is to use is not here. Source: slave.cpp, Slave::_run. */
    public void denyUnknownResources(FrameworkInfo framework, TaskInfo task, Frame frame) {
        if (mayTakeOn(framework, task, frame)) {
            storeFramework(framework, frame);
            deny(
                    new TaskKey(Objects.requireNonNull(framework.id()), task.taskId()),
                    Reason.REASON_RESOURCES_UNKNOWN,
                    "The checkpointed resources being used by the task or task group are unknown to the agent",
                    frame);
        }
    }

    public static boolean knows(TaskKey key, Frame frame) {
        return frame.state().run(key).isPresent() || frame.state().stream(key).isPresent();
    }

    private static TaskState stateAfter(TaskRun run, Ending ending) {
        return switch (run.intent()) {
            case Intent.Live _ -> ending.successful() ? TaskState.TASK_FINISHED : TaskState.TASK_FAILED;
            case Intent.Die(var cause, var _, var _) ->
                cause == Intent.Cause.MAX_COMPLETION_TIME ? TaskState.TASK_FAILED : TaskState.TASK_KILLED;
        };
    }

    /** The update of a task that is killed before anything of it ran. */
    public static TaskStatus killedDuringLaunch(TaskRun run, Frame frame) {
        return Statuses.ofAgent(
                run.key(),
                TaskState.TASK_KILLED,
                Reason.REASON_TASK_KILLED_DURING_LAUNCH,
                "Killed before delivery to the executor",
                frame);
    }

    private void end(TaskRun run, TaskStatus status, Frame frame) {
        frame.emit(new Effect.CancelWake(new TimerKey.KillDue(run.key())));
        frame.emit(new Effect.CancelWake(new TimerKey.Completion(run.key())));
        frame.emit(new Effect.ForgetContainer(run.container()));
        if (run.runner() instanceof Runner.Command) {
            frame.state()
                    .agentId()
                    .ifPresent(
                            agent -> frame.emit(new Effect.RetireSandbox(agent, run.executorKey(), run.container())));
        }
        conclude(run, status, frame);
    }

    /** The task is over, and {@code status} says how. */
    public void conclude(TaskRun run, TaskStatus status, Frame frame) {
        TaskKey key = run.key();
        frame.record(new Change.TaskEnded(key));
        if (frame.state().isDismissed()) {
            updates.forget(key, frame);
            clearIfNothingIsLeft(frame);
        } else if (frame.state()
                .framework(key.framework())
                .map(Framework::shuttingDown)
                .orElse(false)) {
            updates.tell(key.framework(), status, frame);
            updates.forget(key, frame);
        } else {
            updates.queue(key.framework(), status, frame);
        }
    }

    /** A dismissed agent whose last task is gone is done. */
    public void clearIfNothingIsLeft(Frame frame) {
        if (frame.state().identity() instanceof Identity.Dismissed(var reason)
                && frame.state().runs().isEmpty()
                && !frame.state().anyTaskAlive()) {
            frame.record(new Change.AgentCleared());
            frame.emit(new Effect.Stop(reason));
        }
    }

    /** A task that is known already, or whose framework is shutting down, is not taken on again. */
    public static boolean mayTakeOn(FrameworkInfo framework, TaskInfo task, Frame frame) {
        FrameworkId id = framework.id();
        if (id == null || frame.state().isDismissed() || frame.state().launchesStopped()) {
            return false;
        }
        boolean leaving =
                frame.state().framework(id).map(Framework::shuttingDown).orElse(false);
        return !leaving && !knows(new TaskKey(id, task.taskId()), frame);
    }

    public static void storeFramework(FrameworkInfo framework, Frame frame) {
        FrameworkId id = Objects.requireNonNull(framework.id());
        if (frame.state()
                .framework(id)
                .map(known -> !known.info().equals(framework))
                .orElse(true)) {
            frame.record(new Change.FrameworkStored(framework));
        }
    }

    /** The task is the agent's from now on; its framework has been stored. */
    public TaskRun takeOn(FrameworkInfo framework, TaskInfo task, Runner runner, ContainerId container, Frame frame) {
        TaskKey key = new TaskKey(Objects.requireNonNull(framework.id()), task.taskId());
        TaskRun run = TaskRun.accepted(key, task, userOf(task.command(), framework), container, frame.now(), runner);
        frame.record(new Change.TaskAccepted(run));
        return run;
    }

    public static String userOf(@Nullable CommandInfo command, FrameworkInfo framework) {
        return command != null && command.user() != null ? command.user() : framework.user();
    }

    /** Starts the task in the container of its own. */
    public static void launch(TaskRun run, Frame frame) {
        Framework framework = frame.state().framework(run.key().framework()).orElseThrow();
        frame.emit(new Effect.LaunchContainer(
                frame.state().agentId().orElseThrow(),
                framework.info(),
                run,
                frame.state().podOf(run)));
    }

    public void refuse(TaskRun run, Reason reason, String message, Frame frame) {
        frame.record(new Change.TaskEnded(run.key()));
        updates.queue(
                run.key().framework(),
                Statuses.ofAgent(run.key(), TaskState.TASK_ERROR, reason, message, frame),
                frame);
    }

    /** Why a task can't run in a container of its own; empty if it can. */
    public static Optional<String> unsupported(TaskInfo task) {
        if (task.container() != null
                && task.container().mesos() != null
                && task.container().mesos().image() != null) {
            return Optional.of("Container images are not supported by this agent yet");
        }
        return task.command() == null ? Optional.of("Task has neither a command nor an executor") : Optional.empty();
    }

    public static boolean isPartitionAware(FrameworkId framework, Frame frame) {
        return frame.state()
                .framework(framework)
                .map(known -> known.has(FrameworkInfo.Capability.Type.PARTITION_AWARE))
                .orElse(false);
    }

    public static ContainerId newContainer(Frame frame) {
        String hex = frame.uuid().toString();
        return new ContainerId(
                String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20)),
                null);
    }
}
