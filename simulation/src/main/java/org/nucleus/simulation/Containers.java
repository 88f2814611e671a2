package org.nucleus.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
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
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.wire.ContainerId;

/**
 * The containers of one machine, of tasks and of frameworks' own executors. They live and die watched by an agent or
 * not; a task's command runs once at most.
 */
final class Containers {
    private final Weather weather;
    private final String host;
    private final SequencedMap<ContainerId, Container> containers = new LinkedHashMap<>();
    private final SequencedSet<TaskKey> ran = new LinkedHashSet<>();
    private @Nullable Consumer<AgentInput> agent;

    /** What runs in a container once it is launched. */
    interface Program {
        /** @param end to be called if it ends by itself */
        void begin(Consumer<Ending> end);

        /** It was ended from outside. */
        void ended();

        /** The tasks that it runs now. */
        List<TaskKey> tasks();
    }

    private static final class Container {
        private final Program program;
        private boolean running;
        private boolean stopped;
        private @Nullable Ending ending;

        private Container(Program program) {
            this.program = program;
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

    /** The agent's process is gone. */
    void unwatched() {
        agent = null;
    }

    /** The machine stops and starts again: nothing runs any more, but what is on disk tells what had begun. */
    void reboot() {
        for (Container container : containers.values()) {
            container.stopped = true;
            if (container.running) {
                container.running = false;
                container.ending = new Ending.Lost("the machine was rebooted");
                container.program.ended();
            }
        }
    }

    /** The tasks that run or are about to. */
    List<TaskKey> alive() {
        return containers.values().stream()
                .filter(container -> !container.isOver())
                .flatMap(container -> container.program.tasks().stream())
                .toList();
    }

    /** The containers that run or are about to. */
    List<ContainerId> living() {
        List<ContainerId> living = new ArrayList<>();
        containers.forEach((id, container) -> {
            if (!container.isOver()) {
                living.add(id);
            }
        });
        return living;
    }

    void launch(TaskRun run) {
        launch(run.container(), new Command(run.key(), Orders.isService(run.info())));
    }

    void launch(ContainerId id, Program program) {
        Broken.unless(!containers.containsKey(id), "a container was launched twice", host, id, program);
        Container container = new Container(program);
        containers.put(id, container);
        Duration takes =
                weather.fault(0.1) ? weather.lot().seconds(1, 8) : weather.lot().millis(5, 300);
        boolean fails = weather.fault(0.05);
        weather.agenda().in(takes, () -> launched(id, container, fails));
    }

    /** A task's command begins. */
    void runs(TaskKey task) {
        Broken.unless(ran.add(task), "a task's command ran twice", host, task);
        weather.trace().add(host + " runs " + task);
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

    private void launched(ContainerId id, Container container, boolean fails) {
        if (containers.get(id) != container || container.stopped) {
            return;
        }
        if (fails) {
            containers.remove(id);
            tell(new AgentInput.LaunchFailed(id, "cannot fetch"));
            return;
        }
        container.running = true;
        container.program.begin(ending -> end(id, container, ending));
        tell(new AgentInput.ContainerStarted(id));
    }

    private void end(ContainerId id, Container container, Ending ending) {
        if (containers.get(id) == container && !container.isOver()) {
            container.ending = ending;
            container.running = false;
            weather.trace().add(host + " ended " + container.program + " " + ending);
            container.program.ended();
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

    /** A task's command, in a container of the task's own. */
    private final class Command implements Program {
        private final TaskKey task;
        private final boolean service;

        private Command(TaskKey task, boolean service) {
            this.task = Objects.requireNonNull(task);
            this.service = service;
        }

        @Override
        public void begin(Consumer<Ending> end) {
            runs(task);
            if (!service) {
                Ending ending = ending();
                weather.agenda().in(weather.lot().millis(100, 40_000), () -> end.accept(ending));
            }
        }

        private Ending ending() {
            if (weather.lot().chance(0.8)) {
                return new Ending.Exited(0);
            }
            return weather.lot().chance(0.5)
                    ? new Ending.Exited(1)
                    : new Ending.Limited(Ending.Resource.MEMORY, 1 << 20, "Memory limit exceeded");
        }

        @Override
        public void ended() {
            // nobody else has to know
        }

        @Override
        public List<TaskKey> tasks() {
            return List.of(task);
        }

        @Override
        public String toString() {
            return task.toString();
        }
    }
}
