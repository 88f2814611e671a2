package org.nucleus.agent.core.framework;

import java.util.LinkedHashSet;
import java.util.List;
import org.nucleus.agent.core.executor.Executors;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Intent;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.agent.core.update.UpdateStreams;
import org.nucleus.wire.FrameworkId;
import org.nucleus.wire.TaskStatus.Reason;
import org.nucleus.wire.agentlink.AgentEvent;

/** What the master says about a whole framework, or about many of its tasks. */
public final class Frameworks {
    private final UpdateStreams updates;
    private final TaskRuns runs;
    private final Kills kills;
    private final Executors executors;

    public Frameworks(UpdateStreams updates, TaskRuns runs, Kills kills, Executors executors) {
        this.updates = updates;
        this.runs = runs;
        this.kills = kills;
        this.executors = executors;
    }

    public void update(AgentEvent.UpdateFramework in, Frame frame) {
        FrameworkId id = in.frameworkInfo().id();
        if (id != null && frame.state().framework(id).isPresent()) {
            frame.record(new Change.FrameworkStored(in.frameworkInfo()));
        }
    }

    /** The framework is gone: its tasks end, and nobody is left to acknowledge an update. */
    public void shutDown(AgentEvent.ShutdownFramework in, Frame frame) {
        FrameworkId id = in.frameworkId();
        if (frame.state().framework(id).isPresent()) {
            frame.record(new Change.FrameworkShutDown(id));
        }
        executors.shutDownAll(id, frame);
        for (TaskKey key : keysOf(id, frame)) {
            TaskRun run = frame.state().run(key).orElse(null);
            if (run == null || run.ended()) {
                updates.forget(key, frame);
            } else if (run.ownsContainer()) {
                kills.die(
                        run,
                        Intent.Cause.FRAMEWORK_SHUTDOWN,
                        frame.state().settings().shutdownGrace(),
                        frame);
            }
        }
    }

    /** A command task's executor has the task's id; the tasks of a pod are ended one by one. */
    public void shutDownExecutor(AgentEvent.ShutdownExecutor in, Frame frame) {
        ExecutorRun executor = frame.state()
                .executor(new ExecutorKey(in.frameworkId(), in.executorId()))
                .orElse(null);
        if (executor != null && !executor.isBuiltIn()) {
            executors.shutDown(executor, Intent.Cause.EXECUTOR_SHUTDOWN, frame);
            return;
        }
        for (TaskRun run : frame.state().runsOf(in.frameworkId())) {
            if (run.ownsContainer() && run.executorKey().executor().equals(in.executorId())) {
                kills.die(run, Intent.Cause.KILL, frame.state().settings().shutdownGrace(), frame);
            }
        }
    }

    /** Of tasks the master believes to be here, those that are not are reported lost or dropped. */
    public void reconcile(AgentEvent.ReconcileTasks in, Frame frame) {
        in.taskIds().stream()
                .map(task -> new TaskKey(in.frameworkId(), task))
                .filter(key -> !TaskRuns.knows(key, frame))
                .forEach(key -> runs.deny(
                        key, Reason.REASON_RECONCILIATION, "Reconciliation: task unknown to the agent", frame));
    }

    private static List<TaskKey> keysOf(FrameworkId id, Frame frame) {
        var keys = new LinkedHashSet<>(frame.state().runs().keySet());
        keys.addAll(frame.state().streams().keySet());
        keys.removeIf(key -> !key.framework().equals(id));
        return List.copyOf(keys);
    }
}
