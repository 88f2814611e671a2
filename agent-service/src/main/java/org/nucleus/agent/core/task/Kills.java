package org.nucleus.agent.core.task;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.KillPolicy;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/**
 * How tasks are made to end: SIGTERM to the whole container, SIGKILL when the grace is over. A task that is dying can
 * only be given less time. Source: launcher/executor.cpp, CommandExecutor::kill.
 */
public final class Kills {
    private static final Duration GRACE_DEFAULT = Duration.ofSeconds(3);
    private static final Duration KILL_AGAIN = Duration.ofSeconds(5);

    private final UpdateStreams updates;
    private final TaskRuns runs;

    public Kills(UpdateStreams updates, TaskRuns runs) {
        this.updates = updates;
        this.runs = runs;
    }

    /** The call's policy counts before the task's. An unknown task is answered as lost or dropped. */
    public void kill(AgentEvent.KillTask in, Frame frame) {
        TaskKey key = new TaskKey(in.frameworkId(), in.taskId());
        TaskRun run = frame.state().run(key).orElse(null);
        if (run != null) {
            die(run, Intent.Cause.KILL, grace(in.killPolicy(), run.info().killPolicy()), frame);
        } else if (!TaskRuns.knows(key, frame)) {
            runs.deny(key, Reason.REASON_EXECUTOR_TERMINATED, "Cannot find executor", frame);
        }
    }

    /** Ends a task in its container with the grace it asked for. */
    public void kill(TaskRun run, Frame frame) {
        die(run, Intent.Cause.KILL, grace(null, run.info().killPolicy()), frame);
    }

    /** The task is to end within {@code grace}, for {@code cause} unless it is dying for another one already. */
    public void die(TaskRun run, Intent.Cause cause, Duration grace, Frame frame) {
        if (run.ended()) {
            return;
        }
        switch (run.intent()) {
            case Intent.Live _ ->
                begin(run, new Intent.Die(cause, frame.now(), frame.now().plus(grace)), frame);
            case Intent.Die dying -> hurry(run, dying, dying.asked().plus(grace), frame);
        }
    }

    /** The task's health check failed too often. */
    public void unhealthy(TaskRun run, Frame frame) {
        die(run, Intent.Cause.UNHEALTHY, grace(null, run.info().killPolicy()), frame);
    }

    /** The grace is over; repeated until the container is gone, since a signal may get lost with an agent's process. */
    public void escalate(TaskKey key, Frame frame) {
        TaskRun run = frame.state().run(key).orElse(null);
        if (run != null && !run.ended() && run.dying()) {
            frame.emit(new Effect.SignalContainer(run.container(), Effect.Signal.KILL));
            frame.emit(new Effect.Wake(new TimerKey.KillDue(key), frame.now().plus(KILL_AGAIN)));
        }
    }

    /** The task has run for its {@code max_completion_time}: it gets no grace. */
    public void timeOut(TaskKey key, Frame frame) {
        frame.state()
                .run(key)
                .filter(run -> !run.dying())
                .ifPresent(run -> die(run, Intent.Cause.MAX_COMPLETION_TIME, Duration.ZERO, frame));
    }

    /** Signals a dying task again after the agent's process was replaced. */
    public void resume(TaskRun run, Frame frame) {
        if (run.intent() instanceof Intent.Die dying) {
            signal(run, dying.deadline(), frame);
        }
    }

    private void begin(TaskRun run, Intent.Die intent, Frame frame) {
        frame.record(new Change.TaskDoomed(run.key(), intent));
        if (run.phase() instanceof Phase.Launching) {
            escalate(run.key(), frame);
            return;
        }
        if (isOrdinary(intent.cause()) && announcesKilling(run, frame)) {
            TaskRun doomed = frame.state().run(run.key()).orElseThrow();
            updates.queue(
                    run.key().framework(), Statuses.ofExecutor(doomed, TaskState.TASK_KILLING, null, frame), frame);
        }
        signal(run, intent.deadline(), frame);
    }

    private void hurry(TaskRun run, Intent.Die dying, Instant earlier, Frame frame) {
        if (earlier.isBefore(dying.deadline())) {
            frame.record(new Change.TaskDoomed(run.key(), dying.by(earlier)));
            frame.emit(new Effect.Wake(new TimerKey.KillDue(run.key()), earlier));
        }
    }

    private void signal(TaskRun run, Instant deadline, Frame frame) {
        if (deadline.isAfter(frame.now())) {
            frame.emit(new Effect.SignalContainer(run.container(), Effect.Signal.TERM));
            frame.emit(new Effect.Wake(new TimerKey.KillDue(run.key()), deadline));
        } else {
            escalate(run.key(), frame);
        }
    }

    private static boolean isOrdinary(Intent.Cause cause) {
        return switch (cause) {
            case KILL, UNHEALTHY -> true;
            case MAX_COMPLETION_TIME,
                    FRAMEWORK_SHUTDOWN,
                    AGENT_SHUTDOWN,
                    EXECUTOR_SHUTDOWN,
                    REGISTRATION_TIMEOUT,
                    REREGISTRATION_TIMEOUT -> false;
        };
    }

    private static boolean announcesKilling(TaskRun run, Frame frame) {
        return frame.state()
                .framework(run.key().framework())
                .map(known -> known.has(FrameworkInfo.Capability.Type.TASK_KILLING_STATE))
                .orElse(false);
    }

    public static Duration grace(@Nullable KillPolicy ofCall, @Nullable KillPolicy ofTask) {
        if (ofCall != null && ofCall.gracePeriod() != null) {
            return Duration.ofNanos(ofCall.gracePeriod().nanoseconds());
        }
        if (ofTask != null && ofTask.gracePeriod() != null) {
            return Duration.ofNanos(ofTask.gracePeriod().nanoseconds());
        }
        return GRACE_DEFAULT;
    }
}
