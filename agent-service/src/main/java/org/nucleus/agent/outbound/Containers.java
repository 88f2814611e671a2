package org.nucleus.agent.outbound;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Surroundings;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.core.state.AgentInput;
import org.nucleus.agent.core.state.CheckKey;
import org.nucleus.agent.core.state.Effect;
import org.nucleus.agent.core.state.Ending;
import org.nucleus.agent.core.state.ExecutorRun;
import org.nucleus.agent.core.state.FoundContainer;
import org.nucleus.agent.core.state.Probe;
import org.nucleus.agent.core.state.Runner;
import org.nucleus.agent.core.state.TaskRun;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.agent.probe.Prober;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.ContainerId;
import org.nucleus.wire.TaskInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the core's words about containers into the containerizer's, and back. What comes back is told on threads of
 * its own: a future may have completed already, and the writer, who asks, is the one that would have to make room for
 * the answer.
 */
public final class Containers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Containers.class);

    private final Containerizer containerizer;
    private final Sandboxes sandboxes;
    private final TaskEnvironment environment;
    private final Inbox inbox;
    private final Prober prober;

    public Containers(Containerizer containerizer, Sandboxes sandboxes, TaskEnvironment environment, Inbox inbox) {
        this.containerizer = containerizer;
        this.sandboxes = sandboxes;
        this.environment = environment;
        this.inbox = inbox;
        this.prober = new Prober(containerizer, this::probing, inbox::tell);
    }

    /** What former processes left; from now on the ends of those that run are told. */
    public List<FoundContainer> recover() {
        List<FoundContainer> found = new ArrayList<>();
        for (Recovered recovered : containerizer.recover()) {
            found.add(new FoundContainer(recovered.id(), condition(recovered.state())));
            if (recovered.state() instanceof Recovered.State.Running) {
                watch(recovered.id());
            }
        }
        return found;
    }

    void launch(Effect.LaunchContainer effect) {
        ContainerId id = effect.run().container();
        CommandInfo command = effect.run().info().command();
        if (command == null || !Sandboxes.isPossible(effect.run())) {
            refuse(id, command == null ? "Task has no command" : "The task's id cannot be a directory's name");
            return;
        }
        Optional<String> impossible = TaskLimits.impossible(effect.run().info());
        if (impossible.isPresent()) {
            refuse(id, impossible.get());
            return;
        }
        TaskInfo task = effect.run().info();
        Path sandbox = sandboxes.of(effect.agent(), effect.run(), effect.executor());
        Surroundings surroundings;
        try {
            surroundings = surroundings(effect, sandbox);
        } catch (LaunchFailed e) {
            refuse(id, String.valueOf(e.getMessage()));
            return;
        }
        containerizer
                .launch(new Launch(
                                id,
                                command,
                                DockerTask.without(environment.of(effect, sandbox), task.container()),
                                sandbox,
                                effect.run().user(),
                                TaskLimits.of(task))
                        .in(surroundings)
                        .in(DockerTask.of(task.container(), task.resources()).orElse(null)))
                .whenCompleteAsync((_, failure) -> launched(id, show(effect), failure), Thread::startVirtualThread);
    }

    /** A task of a group finds the executor's sandbox around its own. */
    private Surroundings surroundings(Effect.LaunchContainer effect, Path sandbox) throws LaunchFailed {
        TaskInfo task = effect.run().info();
        Path parent = effect.executor()
                .map(executor -> sandboxes.of(effect.agent(), executor.key(), executor.container()))
                .orElse(null);
        return new TaskSurroundings(sandbox, parent, sandboxes::volume)
                .of(DockerTask.ofMachine(task.container()), task.command(), task.resources());
    }

    private Runnable show(Effect.LaunchContainer effect) {
        TaskRun run = effect.run();
        return run.runner() instanceof Runner.Command
                ? () -> sandboxes.show(effect.agent(), run.executorKey(), run.container())
                : () -> effect.executor()
                        .ifPresent(executor -> sandboxes.show(effect.agent(), executor.key(), executor.container()));
    }

    void launch(Effect.LaunchExecutor effect) {
        ExecutorRun run = effect.run();
        CommandInfo command = run.info().command();
        if (command == null || !Sandboxes.isPossible(run.key())) {
            refuse(
                    run.container(),
                    command == null ? "Executor has no command" : "The executor's id cannot be a directory's name");
            return;
        }
        Path sandbox = sandboxes.of(effect.agent(), run.key(), run.container());
        Surroundings surroundings;
        try {
            surroundings = new TaskSurroundings(sandbox, null, sandboxes::volume)
                    .of(
                            DockerTask.ofMachine(run.info().container()),
                            command,
                            run.info().resources());
        } catch (LaunchFailed e) {
            refuse(run.container(), String.valueOf(e.getMessage()));
            return;
        }
        containerizer
                .launch(new Launch(
                                run.container(),
                                command,
                                DockerTask.without(
                                        environment.of(effect, sandbox),
                                        run.info().container()),
                                sandbox,
                                run.user(),
                                TaskLimits.of(run.info()))
                        .in(surroundings)
                        .in(DockerTask.of(run.info().container(), run.info().resources())
                                .orElse(null)))
                .whenCompleteAsync(
                        (_, failure) -> launched(
                                run.container(),
                                () -> sandboxes.show(effect.agent(), run.key(), run.container()),
                                failure),
                        Thread::startVirtualThread);
    }

    private void refuse(ContainerId id, String message) {
        Thread.ofVirtual().start(() -> inbox.tell(new AgentInput.LaunchFailed(id, message)));
    }

    void grant(Effect.GrantContainer grant) {
        Limits limits = TaskLimits.ofExecutor(grant.resources(), grant.limits(), null);
        try {
            containerizer.update(grant.container(), limits);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("container", grant.container().value())
                    .setCause(e)
                    .log("Cannot change what an executor may use");
        }
    }

    void signal(ContainerId id, Effect.Signal signal) {
        containerizer.kill(
                id,
                switch (signal) {
                    case TERM -> Signal.TERM;
                    case KILL -> Signal.KILL;
                });
        CrashPoint.CONTAINER_SIGNALLED.reached();
    }

    void forget(ContainerId id) {
        containerizer.forget(id);
    }

    void probe(Effect.StartProbe effect) {
        prober.start(effect);
    }

    void stopProbe(CheckKey check) {
        prober.stop(check);
    }

    /** A container beside the task's, in the task's sandbox, with the task's environment below its own. */
    private Launch probing(Effect.StartProbe effect, Probe.Command probe) {
        TaskRun run = effect.run();
        Path sandbox = sandboxes.of(effect.agent(), run, effect.executor());
        var variables = environment.of(effect.agent(), effect.framework(), run, sandbox);
        TaskEnvironment.addCommands(probe.command(), variables);
        CommandInfo command = probe.command().toBuilder().uris(List.of()).build();
        ContainerId id = new ContainerId("check-" + UUID.randomUUID(), run.container());
        var seen = DockerTask.without(variables, run.info().container());
        return new Launch(id, command, seen, sandbox, run.user());
    }

    /** Ends probes; containers go on running. */
    @Override
    public void close() {
        prober.close();
    }

    private void launched(ContainerId id, Runnable show, @Nullable Throwable failure) {
        show.run();
        if (failure == null) {
            inbox.tell(new AgentInput.ContainerStarted(id));
            watch(id);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        inbox.tell(new AgentInput.LaunchFailed(id, message));
    }

    private void watch(ContainerId id) {
        containerizer
                .termination(id)
                .thenAcceptAsync(
                        end -> inbox.tell(new AgentInput.ContainerEnded(id, ending(end))), Thread::startVirtualThread);
    }

    private static FoundContainer.Condition condition(Recovered.State state) {
        return switch (state) {
            case Recovered.State.Running _ -> new FoundContainer.Condition.Running();
            case Recovered.State.Ended(var termination) -> new FoundContainer.Condition.Ended(ending(termination));
            case Recovered.State.NeverStarted _ -> new FoundContainer.Condition.NeverStarted();
        };
    }

    private static Ending ending(Termination termination) {
        return switch (termination) {
            case Termination.Exited(int status) -> new Ending.Exited(status);
            case Termination.Signaled(int signal) -> new Ending.Signaled(signal, Signal.nameOf(signal));
            case Termination.Limited(var what, long bytes, String reason) ->
                new Ending.Limited(resource(what), bytes, reason);
            case Termination.Lost(String reason) -> new Ending.Lost(reason);
        };
    }

    private static Ending.Resource resource(Termination.Resource what) {
        return switch (what) {
            case MEMORY -> Ending.Resource.MEMORY;
            case DISK -> Ending.Resource.DISK;
        };
    }
}
