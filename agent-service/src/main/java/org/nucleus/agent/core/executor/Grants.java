package org.nucleus.agent.core.executor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.nucleus.agent.core.state.Change;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.ExecutorKey;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.Frame;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * What the container of a framework's own executor may use: its own resources and those of the tasks in it, which come
 * and go. Source: slave.cpp, Slave::publishResources and the calls of containerizer-&gt;update; computeExecutorLimits.
 */
public final class Grants {
    private static final List<String> LIMITED = List.of("cpus", "mem");
    private static final double THOUSAND = 1000;

    /** Follows what a step has recorded. */
    public void follow(Frame frame) {
        SequencedSet<ExecutorKey> changed = new LinkedHashSet<>();
        for (Change.Durable change : frame.recorded()) {
            switch (change) {
                case Change.TaskAccepted(var run) -> ofCustom(run).ifPresent(changed::add);
                case Change.TaskEnded(var key) -> ofCustom(key, frame).ifPresent(changed::add);
                case Change.ExecutorAccepted(var run) -> changed.add(run.key());
                case Change.ExecutorReplaced(var key, var _) -> changed.add(key);
                default -> {}
            }
        }
        for (ExecutorKey key : changed) {
            frame.state()
                    .executor(key)
                    .filter(executor -> !executor.isBuiltIn())
                    .ifPresent(executor -> frame.emit(grant(executor, frame)));
        }
    }

    private static Optional<ExecutorKey> ofCustom(TaskKey key, Frame frame) {
        return frame.state().run(key).flatMap(Grants::ofCustom);
    }

    private static Optional<ExecutorKey> ofCustom(TaskRun run) {
        return run.runner() instanceof Runner.Custom ? Optional.of(run.executorKey()) : Optional.empty();
    }

    private static Effect.GrantContainer grant(ExecutorRun executor, Frame frame) {
        List<TaskRun> tasks = frame.state().runsOf(executor.key()).stream()
                .filter(run -> !run.ended())
                .toList();
        List<Resource> resources = new ArrayList<>(executor.info().resources());
        tasks.forEach(run -> resources.addAll(run.info().resources()));
        return new Effect.GrantContainer(executor.container(), resources, limits(executor, tasks));
    }

    /** None of a resource of which no task sets one; where one does, the others count with what they requested. */
    private static SequencedMap<String, Value.Scalar> limits(ExecutorRun executor, List<TaskRun> tasks) {
        SequencedMap<String, Value.Scalar> limits = new LinkedHashMap<>();
        for (String name : LIMITED) {
            if (tasks.stream().anyMatch(run -> run.info().limits().containsKey(name))) {
                double most = Resources.of(executor.info().resources()).thousandths(name) / THOUSAND;
                for (TaskRun run : tasks) {
                    most += run.info().limits().containsKey(name)
                            ? Objects.requireNonNull(run.info().limits().get(name))
                                    .value()
                            : Resources.of(run.info().resources()).thousandths(name) / THOUSAND;
                }
                limits.put(name, new Value.Scalar(most));
            }
        }
        return limits;
    }
}
