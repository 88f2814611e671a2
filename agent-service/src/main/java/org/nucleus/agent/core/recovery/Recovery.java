package org.nucleus.agent.core.recovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.executor.Executors;
import org.nucleus.agent.core.shutdown.Shutdowns;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Generator;
import org.nucleus.agent.core.state.Phase;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.core.task.Kills;
import org.nucleus.agent.core.task.TaskRuns;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.ContainerId;

/**
 * The first step of a process: what former ones decided meets the containers they left. A running task is adopted, an
 * ended one reported with its status, a launch that never happened is made up for, and what no task owns is killed.
 */
public final class Recovery {
    private final TaskRuns runs;
    private final Kills kills;
    private final Shutdowns shutdowns;
    private final Executors executors;

    public Recovery(TaskRuns runs, Kills kills, Shutdowns shutdowns, Executors executors) {
        this.runs = runs;
        this.kills = kills;
        this.shutdowns = shutdowns;
        this.executors = executors;
    }

    public void start(AgentInput.Started in, Frame frame) {
        Invariant.check(!frame.state().isStarted(), "the agent was started twice");
        frame.record(new Change.SettingsGiven(in.settings()));
        frame.record(new Change.GeneratorMoved(new Generator(in.seed())));
        frame.record(new Change.BackoffSet(in.settings().registrationBackoff()));
        in.history().forEach(frame::recall);
        if (frame.state().total().isEmpty()) {
            frame.emit(
                    new Effect.Stop("The agent's resources don't contain those that were reserved or made volumes of: "
                            + frame.state().checkpointed()
                            + ". Give them back with --resources, or start with another --work_dir."));
        }
        SequencedMap<ContainerId, Condition> found = new LinkedHashMap<>();
        in.found().forEach(container -> found.put(container.id(), container.condition()));
        for (ExecutorRun run : List.copyOf(frame.state().executors().values())) {
            if (!run.isBuiltIn()) {
                executors.recover(run, found.remove(run.container()), frame);
            }
        }
        for (TaskRun run : List.copyOf(frame.state().runs().values())) {
            if (!run.ownsContainer()) {
                continue;
            }
            Condition condition = found.remove(run.container());
            if (!run.ended()) {
                recover(run, condition, frame);
            } else if (condition != null) {
                discard(run.container(), condition, frame);
            }
        }
        executors.pods().settle(frame);
        found.forEach((container, condition) -> discard(container, condition, frame));
        if (in.settings().cleanup()) {
            shutdowns.dismiss("Started to clean up", frame);
        } else {
            runs.clearIfNothingIsLeft(frame);
        }
    }

    private void recover(TaskRun run, @Nullable Condition condition, Frame frame) {
        switch (condition) {
            case Condition.Running _ -> adopt(run, frame);
            case Condition.Ended(var ending) -> runs.end(run, ending, frame);
            case Condition.NeverStarted _ -> launch(run, frame);
            case null -> {
                if (run.phase() instanceof Phase.Launching) {
                    launch(run, frame);
                } else {
                    runs.lose(run, frame);
                }
            }
        }
    }

    private void adopt(TaskRun run, Frame frame) {
        if (run.phase() instanceof Phase.Launching) {
            runs.begin(run, frame);
        } else if (!run.dying()) {
            runs.watchCompletion(run.key(), frame);
        }
        frame.state().run(run.key()).ifPresent(adopted -> kills.resume(adopted, frame));
    }

    private void launch(TaskRun run, Frame frame) {
        if (run.dying()) {
            runs.failLaunch(run, "Killed before it was launched", frame);
        } else {
            runs.launchAgain(run, frame);
        }
    }

    private static void discard(ContainerId container, Condition condition, Frame frame) {
        switch (condition) {
            case Condition.Running _ -> frame.emit(new Effect.SignalContainer(container, Effect.Signal.KILL));
            case Condition.Ended _, Condition.NeverStarted _ -> frame.emit(new Effect.ForgetContainer(container));
        }
    }
}
