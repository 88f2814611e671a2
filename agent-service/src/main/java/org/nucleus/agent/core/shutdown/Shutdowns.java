package org.nucleus.agent.core.shutdown;

import java.time.Duration;
import java.util.List;
import org.nucleus.agent.core.executor.Executors;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.Link;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.state.TimerKey;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.DrainConfig;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.KillPolicy;

/** The agent's own end. */
public final class Shutdowns {
    private final UpdateStreams updates;
    private final TaskRuns runs;
    private final Kills kills;
    private final Executors executors;

    public Shutdowns(UpdateStreams updates, TaskRuns runs, Kills kills, Executors executors) {
        this.updates = updates;
        this.runs = runs;
        this.kills = kills;
        this.executors = executors;
    }

    /** For good: every task is killed, nothing is reported any more, and the next start is that of a new agent. */
    public void dismiss(String reason, Frame frame) {
        frame.record(new Change.AgentDismissed(reason));
        disconnect(reason, frame);
        endExecutors(frame);
        for (TaskRun run : List.copyOf(frame.state().runs().values())) {
            if (run.ended()) {
                updates.forget(run.key(), frame);
            } else if (run.ownsContainer()) {
                kills.die(
                        run,
                        Intent.Cause.AGENT_SHUTDOWN,
                        frame.state().settings().shutdownGrace(),
                        frame);
            }
        }
        runs.clearIfNothingIsLeft(frame);
    }

    /** For now: every task is killed with the grace it asked for; who it is and what it has to report is kept. */
    public void endTasks(Frame frame) {
        frame.record(new Change.LaunchesStopped());
        endExecutors(frame);
        for (TaskRun run : List.copyOf(frame.state().runs().values())) {
            if (run.ownsContainer()) {
                kills.die(run, Intent.Cause.AGENT_SHUTDOWN, graceOf(run, frame), frame);
            }
        }
    }

    /**
     * All tasks are killed, each with its own grace or the drain's if that is shorter. What they used is offered to
     * nobody: the master starts nothing here before the drain is over. Source: slave.cpp, Slave::drain.
     */
    public void drain(DrainConfig config, Frame frame) {
        frame.record(new Change.DrainOrdered(config));
        DurationInfo most = config.maxGracePeriod();
        for (TaskRun run : List.copyOf(frame.state().runs().values())) {
            if (run.ended()) {
                continue;
            }
            Duration own = Kills.grace(null, run.info().killPolicy());
            Duration grace =
                    most == null || own.toNanos() <= most.nanoseconds() ? own : Duration.ofNanos(most.nanoseconds());
            if (run.ownsContainer()) {
                kills.die(run, Intent.Cause.KILL, grace, frame);
            } else {
                executors.kill(run, new KillPolicy(new DurationInfo(grace.toNanos())), frame);
            }
        }
    }

    /** The master speaks anew, or starts something: the agent isn't to be empty, unless it is told again. */
    public static void endDrain(Frame frame) {
        if (frame.state().draining().isPresent()) {
            frame.record(new Change.DrainOrdered(null));
        }
    }

    private void endExecutors(Frame frame) {
        for (ExecutorRun executor : List.copyOf(frame.state().executors().values())) {
            if (!executor.isBuiltIn()) {
                executors.shutDown(executor, Intent.Cause.AGENT_SHUTDOWN, frame);
            }
        }
    }

    private static Duration graceOf(TaskRun run, Frame frame) {
        var policy = run.info().killPolicy();
        return policy != null && policy.gracePeriod() != null
                ? Duration.ofNanos(policy.gracePeriod().nanoseconds())
                : frame.state().settings().shutdownGrace();
    }

    private static void disconnect(String reason, Frame frame) {
        switch (frame.state().link()) {
            case Link.Idle _, Link.Waiting _ -> {}
            case Link.Opening(long number) -> frame.emit(new Effect.CloseLink(number, reason));
            case Link.Registered(long number, var _) -> frame.emit(new Effect.CloseLink(number, reason));
        }
        frame.record(new Change.LinkMoved(new Link.Idle()));
        frame.emit(new Effect.CancelWake(new TimerKey.Subscribe()));
        frame.emit(new Effect.CancelWake(new TimerKey.Silence()));
    }
}
