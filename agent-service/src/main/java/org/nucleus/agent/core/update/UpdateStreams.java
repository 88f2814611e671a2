package org.nucleus.agent.core.update;

import java.time.Duration;
import org.nucleus.agent.core.state.AgentState;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.state.UpdateStream;
import org.nucleus.wire.Bytes;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.ExecutorId;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskState;
import org.nucleus.wire.TaskStatus;
import org.nucleus.wire.agentlink.AgentCall;

/**
 * Each task's updates go one at a time and in order; one that is not acknowledged goes again after 10 s, doubling to
 * 10 min. Without a master they wait. Source: slave/task_status_update_manager.cpp, constants RETRY_INTERVAL_MIN and
 * MAX.
 */
public final class UpdateStreams {
    private static final Duration RESEND_FIRST = Duration.ofSeconds(10);
    private static final Duration RESEND_MOST = Duration.ofMinutes(10);

    /** Stores {@code status} behind the task's earlier ones, and sends it if it is the first. */
    public void queue(FrameworkId framework, TaskStatus status, Frame frame) {
        var queued = new Change.UpdateQueued(
                framework,
                frame.state().draining().map(drain -> ofDraining(status, drain)).orElse(status));
        frame.record(queued);
        frame.state().stream(queued.key())
                .filter(stream -> stream.pending().size() == 1)
                .ifPresent(stream -> send(stream, RESEND_FIRST, frame));
    }

    /**
     * Whatever killed a task on a draining agent, the drain is told as the reason; and the task is gone by an
     * operator's will if the agent will be. Source: slave.cpp, Slave::statusUpdate.
     */
    private static TaskStatus ofDraining(TaskStatus status, DrainConfig drain) {
        if (status.state() != TaskState.TASK_KILLED && status.state() != TaskState.TASK_KILLING) {
            return status;
        }
        boolean gone = drain.markGone() && status.state() == TaskState.TASK_KILLED;
        return status.toBuilder()
                .reason(TaskStatus.Reason.REASON_AGENT_DRAINING)
                .state(gone ? TaskState.TASK_GONE_BY_OPERATOR : status.state())
                .build();
    }

    /** An acknowledgement of anything but the update in flight is a repetition, and ignored. */
    public void acknowledge(TaskKey key, Bytes uuid, Frame frame) {
        UpdateStream stream = frame.state().stream(key).orElse(null);
        if (stream == null || !stream.isHead(uuid)) {
            return;
        }
        TaskState acknowledged = stream.pending().getFirst().state();
        frame.record(new Change.UpdateAcknowledged(key, uuid));
        frame.emit(new Effect.CancelWake(new TimerKey.Resend(key)));
        if (isTerminal(acknowledged)) {
            forget(key, frame);
            return;
        }
        frame.state().stream(key).ifPresent(rest -> send(rest, RESEND_FIRST, frame));
    }

    /** Forgets a task that is over, and its framework if that was its last. */
    public void forget(TaskKey key, Frame frame) {
        frame.record(new Change.TaskForgotten(key));
        frame.emit(new Effect.CancelWake(new TimerKey.Resend(key)));
        FrameworkId framework = key.framework();
        forgetIfUnused(framework, frame);
    }

    /** Forgets a framework that has no task, update or executor here any more. */
    public static void forgetIfUnused(FrameworkId framework, Frame frame) {
        AgentState state = frame.state();
        boolean inUse = state.runs().keySet().stream()
                        .anyMatch(other -> other.framework().equals(framework))
                || state.streams().keySet().stream()
                        .anyMatch(other -> other.framework().equals(framework))
                || state.executors().keySet().stream()
                        .anyMatch(other -> other.framework().equals(framework));
        if (!inUse && state.framework(framework).isPresent()) {
            frame.record(new Change.FrameworkForgotten(framework));
        }
    }

    /** The head's time is up: it goes again, and gets twice as long. */
    public void resend(TaskKey key, Frame frame) {
        Duration twice = frame.state().resendAfter(key).multipliedBy(2);
        Duration next = twice.compareTo(RESEND_MOST) > 0 ? RESEND_MOST : twice;
        frame.state().stream(key).ifPresent(stream -> send(stream, next, frame));
    }

    /** A new link: every head goes at once, since nobody knows which arrived. */
    public void resume(Frame frame) {
        for (UpdateStream stream : frame.state().streams().values()) {
            send(stream, RESEND_FIRST, frame);
        }
    }

    /** Tells the master once of the end of a task whose scheduler is gone, so that it frees the task's resources. */
    public void tell(FrameworkId framework, TaskStatus status, Frame frame) {
        if (frame.state().link() instanceof Link.Registered(long link, var _)) {
            frame.emit(new Effect.SendCall(link, call(framework, status, status.state(), frame)));
        }
    }

    public static boolean isTerminal(TaskState state) {
        return switch (state) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING, TASK_UNREACHABLE, TASK_UNKNOWN -> false;
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR -> true;
        };
    }

    private static void send(UpdateStream stream, Duration patience, Frame frame) {
        if (!(frame.state().link() instanceof Link.Registered(long link, var _))) {
            return;
        }
        TaskKey key = stream.key();
        TaskStatus head = stream.pending().getFirst();
        TaskState latest = frame.state().run(key).map(TaskRun::state).orElse(head.state());
        frame.record(new Change.ResendSet(key, patience));
        frame.emit(new Effect.SendCall(link, call(key.framework(), head, latest, frame)));
        frame.emit(new Effect.Wake(new TimerKey.Resend(key), frame.now().plus(patience)));
    }

    private static AgentCall call(FrameworkId framework, TaskStatus status, TaskState latest, Frame frame) {
        ExecutorId executor = status.executorId();
        return AgentCall.update(
                frame.state().agentId().orElseThrow(), new AgentCall.Update(framework, status, latest, executor));
    }
}
