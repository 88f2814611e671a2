package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nucleus.agent.containerizer.Recovered;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.containerizer.isolator.Removal;
import org.nucleus.wire.ContainerId;

/** Finds out what became of containers that another process launched, and takes over those that run. */
final class Adoption {
    private final String bootId;
    private final ExitWatch exits;
    private final Sessions sessions;
    private final Removal removal;

    Adoption(String bootId, ExitWatch exits, Sessions sessions, Removal removal) {
        this.bootId = bootId;
        this.exits = exits;
        this.sessions = sessions;
        this.removal = removal;
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
        Cage cage = spec.get().cage();
        if (!directory.abandon()) {
            Optional<Started> supervisor = directory.supervisor().or(() -> find(directory));
            Optional<Started> task = directory.task();
            if (supervisor.isPresent() && task.isPresent()) {
                container.running(
                        directory,
                        task.get(),
                        Session.living(spec.get(), task.get(), supervisor.get().pid()));
                if (exits.watch(supervisor.get(), container::supervisorEnded)) {
                    return new Recovered(id, sandbox, new Recovered.State.Running(task.get()));
                }
            }
            if (supervisor.isPresent() && task.isEmpty()) {
                breakOff(supervisor.get(), cage);
                task = directory.task();
            }
            if (task.isPresent()) {
                return ended(id, sandbox, container, afterEnd(directory, spec.get(), task.get()));
            }
        }
        removal.remove(cage).join();
        return neverStarted(id, sandbox, container);
    }

    /** Ends a supervisor caught between its two notes. It has told nobody of a start, and is to do no more. */
    private void breakOff(Started supervisor, Cage cage) throws IOException {
        if (isAlive(supervisor)) {
            sessions.end(Session.living(supervisor.pid(), cage)).join();
        }
    }

    /** Kills what a task left behind, if its supervisor could not. */
    private Termination afterEnd(ContainerDirectory directory, ContainerDirectory.Spec spec, Started task)
            throws IOException {
        Cage cage = spec.cage();
        long supervisor = directory.supervisor().map(Started::pid).orElse(0L);
        Optional<ContainerDirectory.Exit> exit = directory.exit();
        long newest = exit.map(ended -> (long) Math.ceil(ended.uptime() * ProcessTable.TICKS_PER_SECOND))
                .orElse(task.startTicks());
        sessions.end(Session.of(spec, task, supervisor, newest)).join();
        Optional<Termination> limited = Container.limitation(directory, cage);
        removal.remove(cage).join();
        return limited.or(() -> exit.map(ContainerDirectory.Exit::termination))
                .orElseGet(() -> new Termination.Lost("The supervisor was killed; how the command ended is not known"));
    }

    private static Termination afterReboot(ContainerDirectory directory) throws IOException {
        Optional<ContainerDirectory.Exit> exit = directory.exit();
        return directory
                .limited()
                .or(() -> exit.map(ContainerDirectory.Exit::termination))
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
