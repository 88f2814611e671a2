package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.wire.ContainerId;

/** Finds out what became of containers that another process launched, and takes over those that run. */
final class Adoption {
    private final String bootId;
    private final ExitWatch exits;
    private final Sessions sessions;

    Adoption(String bootId, ExitWatch exits, Sessions sessions) {
        this.bootId = bootId;
        this.exits = exits;
        this.sessions = sessions;
    }

    Recovered adopt(ContainerId id, ContainerDirectory directory, Container container) throws IOException {
        Optional<ContainerDirectory.Spec> spec = directory.spec();
        if (spec.isEmpty()) {
            return neverStarted(id, Path.of(""), container);
        }
        Path sandbox = spec.get().sandbox();
        if (!spec.get().bootId().equals(bootId)) {
            return ended(id, sandbox, container, afterReboot(directory));
        }
        if (directory.abandon()) {
            return neverStarted(id, sandbox, container);
        }
        Optional<Started> supervisor = directory.supervisor().or(() -> find(directory));
        Optional<Started> task = directory.task();
        if (supervisor.isPresent() && task.isPresent()) {
            container.running(directory, task.get());
            if (exits.watch(supervisor.get(), container::supervisorEnded)) {
                return new Recovered(id, sandbox, new Recovered.State.Running(task.get()));
            }
        } else if (supervisor.isPresent() && isAlive(supervisor.get())) {
            // Caught between its two notes. It has not told anyone of a start: whatever it does, it does no more.
            Libc.kill(-supervisor.get().pid(), Signal.KILL.number());
            task = directory.task();
        }
        if (task.isEmpty()) {
            return neverStarted(id, sandbox, container);
        }
        return ended(id, sandbox, container, afterEnd(directory, task.get()));
    }

    /** Kills what a task left behind, if its supervisor could not. */
    private Termination afterEnd(ContainerDirectory directory, Started task) throws IOException {
        Optional<ContainerDirectory.Exit> exit = directory.exit();
        long newest = exit.map(ended -> (long) Math.ceil(ended.uptime() * ProcessTable.TICKS_PER_SECOND))
                .orElse(task.startTicks());
        CompletableFuture<Void> swept = sessions.end(new Sessions.Session(task.pid(), newest));
        swept.join();
        return exit.map(ContainerDirectory.Exit::termination)
                .orElseGet(() -> new Termination.Lost("The supervisor was killed; how the command ended is not known"));
    }

    private static Termination afterReboot(ContainerDirectory directory) throws IOException {
        return directory
                .exit()
                .map(ContainerDirectory.Exit::termination)
                .orElseGet(() -> new Termination.Lost("The machine was restarted while the container ran"));
    }

    private static Optional<Started> find(ContainerDirectory directory) {
        try {
            return Supervisor.find(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAlive(Started process) throws IOException {
        return ProcessTable.of(process.pid())
                .filter(entry -> entry.startTicks() == process.startTicks() && entry.isAlive())
                .isPresent();
    }

    private static Recovered neverStarted(ContainerId id, Path sandbox, Container container) {
        container.ended(new Termination.Lost("The container was never started"));
        return new Recovered(id, sandbox, new Recovered.State.NeverStarted());
    }

    private static Recovered ended(ContainerId id, Path sandbox, Container container, Termination how) {
        container.ended(how);
        return new Recovered(id, sandbox, new Recovered.State.Ended(how));
    }
}
