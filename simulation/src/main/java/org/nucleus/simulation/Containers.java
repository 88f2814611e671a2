package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.Effect.Signal;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.FoundContainer.Condition;
import org.nucleus.agent.core.state.TaskKey;
import org.nucleus.wire.ContainerId;

/** The containers of one machine. They live and die watched by an agent or not; a task's command runs once at most. */
final class Containers {
    private final Weather weather;
    private final String host;
    private final SequencedMap<ContainerId, Container> containers = new LinkedHashMap<>();
    private final SequencedSet<TaskKey> ran = new LinkedHashSet<>();
    private @Nullable Consumer<AgentInput> agent;

    private static final class Container {
        private final TaskKey task;
        private boolean running;
        private @Nullable Ending ending;

        private Container(TaskKey task) {
            this.task = task;
        }

        private boolean isOver() {
            return ending != null;
        }
    }

    Containers(Weather weather, String host) {
        this.weather = weather;
        this.host = host;
    }

    /** An agent's process starts: what there is, and all that becomes of it. What has not started never will. */
    List<FoundContainer> recover(Consumer<AgentInput> watcher) {
        agent = watcher;
        List<FoundContainer> found = new ArrayList<>();
        containers.forEach((id, container) -> found.add(new FoundContainer(id, condition(container))));
        containers.values().removeIf(container -> !container.running && !container.isOver());
        return found;
    }

    /** The agent's process is gone. A launch that it was about to make may be made by nobody now. */
    void unwatched() {
        agent = null;
        containers
                .values()
                .removeIf(container -> !container.running
                        && !container.isOver()
                        && weather.lot().chance(0.5));
    }

    /** The tasks of which something runs or is about to. */
    List<TaskKey> alive() {
        return containers.values().stream()
                .filter(container -> !container.isOver())
                .map(container -> container.task)
                .toList();
    }

    void launch(ContainerId id, TaskKey task, boolean service) {
        Broken.unless(!containers.containsKey(id), "a container was launched twice", host, id, task);
        Container container = new Container(task);
        containers.put(id, container);
        Duration takes =
                weather.fault(0.1) ? weather.lot().seconds(1, 8) : weather.lot().millis(5, 300);
        boolean fails = weather.fault(0.05);
        weather.agenda().in(takes, () -> launched(id, container, fails, service));
    }

    void signal(ContainerId id, Signal signal) {
        Container container = containers.get(id);
        if (container == null || container.isOver()) {
            return;
        }
        if (!container.running) {
            if (signal == Signal.KILL) {
                containers.remove(id);
                tell(new AgentInput.LaunchFailed(id, "aborted"));
            }
            return;
        }
        if (signal == Signal.KILL || weather.lot().chance(0.7)) {
            int most = signal == Signal.KILL ? 100 : 4_000;
            Ending ending = new Ending.Signaled(signal == Signal.KILL ? 9 : 15, signal.name());
            weather.agenda().in(weather.lot().millis(1, most), () -> end(id, container, ending));
        }
    }

    void forget(ContainerId id) {
        Container container = containers.get(id);
        Broken.unless(
                container == null || container.isOver() || !container.running,
                "a running container was forgotten",
                host,
                id);
        containers.remove(id);
    }

    private void launched(ContainerId id, Container container, boolean fails, boolean service) {
        if (containers.get(id) != container) {
            return;
        }
        if (fails) {
            containers.remove(id);
            tell(new AgentInput.LaunchFailed(id, "cannot fetch"));
            return;
        }
        Broken.unless(ran.add(container.task), "a task's command ran twice", host, container.task);
        container.running = true;
        weather.trace().add(host + " runs " + container.task);
        tell(new AgentInput.ContainerStarted(id));
        if (!service) {
            Ending ending = weather.lot().chance(0.8) ? new Ending.Exited(0) : new Ending.Exited(1);
            weather.agenda().in(weather.lot().millis(100, 40_000), () -> end(id, container, ending));
        }
    }

    private void end(ContainerId id, Container container, Ending ending) {
        if (containers.get(id) == container && !container.isOver()) {
            container.ending = ending;
            container.running = false;
            weather.trace().add(host + " ended " + container.task + " " + ending);
            tell(new AgentInput.ContainerEnded(id, ending));
        }
    }

    private void tell(AgentInput input) {
        if (agent != null) {
            agent.accept(input);
        }
    }

    private static Condition condition(Container container) {
        if (container.ending != null) {
            return new Condition.Ended(container.ending);
        }
        return container.running ? new Condition.Running() : new Condition.NeverStarted();
    }
}
