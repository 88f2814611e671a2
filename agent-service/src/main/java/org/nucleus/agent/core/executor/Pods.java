package org.nucleus.agent.core.executor;

import java.util.List;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.wire.TaskState;

/**
 * The built-in default executor. A group shares its fate: when one of its tasks ends other than well, the rest is
 * killed; the executor is done when none of its tasks runs. Source: launcher/default_executor.cpp, waited.
 */
public final class Pods {
    private final Kills kills;
    private final Departures departures;

    Pods(Kills kills, Departures departures) {
        this.kills = kills;
        this.departures = departures;
    }

    /** To be called after containers have ended. */
    public void settle(Frame frame) {
        for (ExecutorRun executor : List.copyOf(frame.state().executors().values())) {
            if (executor.isBuiltIn()) {
                settle(executor, frame);
            }
        }
    }

    private void settle(ExecutorRun executor, Frame frame) {
        List<TaskRun> tasks = frame.state().runsOf(executor.key());
        for (TaskRun task : tasks) {
            if (task.ended() && task.state() != TaskState.TASK_FINISHED) {
                killRestOfGroup(task, tasks, frame);
            }
        }
        if (tasks.stream().allMatch(TaskRun::ended)) {
            departures.done(executor, frame);
        }
    }

    private void killRestOfGroup(TaskRun failed, List<TaskRun> tasks, Frame frame) {
        if (failed.runner() instanceof Runner.Pod(var _, var group)) {
            tasks.stream()
                    .filter(task -> !task.ended() && !task.dying())
                    .filter(task -> group.contains(task.key().task()))
                    .forEach(task -> kills.kill(task, frame));
        }
    }
}
