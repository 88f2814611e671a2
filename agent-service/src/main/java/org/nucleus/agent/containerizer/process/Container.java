package org.nucleus.agent.containerizer.process;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.containerizer.isolator.Cage;
import org.nucleus.agent.containerizer.isolator.Readings;
import org.nucleus.agent.containerizer.isolator.Removal;
import org.nucleus.agent.crash.CrashPoint;
import org.nucleus.wire.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One container of this process's time: prepared, running, ended; the order of these against kills is decided here. */
final class Container {
    private static final Logger log = LoggerFactory.getLogger(Container.class);

    /** Only a process that is not the container's, but got hold of its output, can make it take that long. */
    private static final int DRAINED_AFTER_SECONDS = 5;

    private final ContainerId id;
    private final Sessions sessions;
    /**
     * Completes the futures: what continues there must stop neither kills nor launches, nor find itself interrupted.
     */
    private final Executor telling;

    private final Removal removal;
    private final Runnable onEnd;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final CompletableFuture<Termination> termination = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Phase phase = new Phase.Preparing();
    private @Nullable Future<?> preparation;
    private boolean killed;
    private @Nullable Limits granted;
    private CompletableFuture<Void> drained = CompletableFuture.completedFuture(null);

    private sealed interface Phase {
        /** Nothing of it runs. */
        record Preparing() implements Phase {}

        /** Its supervisor is being started: from here on a kill must wait for it. */
        record Starting() implements Phase {}

        /** Its command runs. */
        record Running(ContainerDirectory directory, Session session) implements Phase {}

        /** Its command has ended, or will never run. */
        record Ended() implements Phase {}
    }

    /** Starts a container's command, and says {@link #running} or {@link #failed} of it. */
    interface Start {
        void run() throws IOException, LaunchFailed;
    }

    /** {@code onEnd} hears that the command of a running container has ended. */
    Container(ContainerId id, Sessions sessions, Removal removal, Executor telling, Runnable onEnd) {
        this.id = id;
        this.sessions = sessions;
        this.removal = removal;
        this.telling = telling;
        this.onEnd = onEnd;
    }

    CompletableFuture<Started> started() {
        return started.copy();
    }

    CompletableFuture<Termination> termination() {
        return termination.copy();
    }

    /** What to interrupt if it is killed early. */
    void preparedBy(Future<?> preparation) {
        lock.lock();
        try {
            this.preparation = preparation;
        } finally {
            lock.unlock();
        }
    }

    /** What it may use, said before it ran; {@code asked} if nobody said so since. */
    Limits granted(Limits asked) {
        lock.lock();
        try {
            Limits newest = granted;
            return newest == null ? asked : newest.with(asked.diskBytes(), asked.rlimits());
        } finally {
            lock.unlock();
        }
    }

    /** Its session, if it runs; if it does not yet, it will with {@code limits}. */
    Optional<Session> grant(Limits limits) {
        lock.lock();
        try {
            granted = limits;
            return session();
        } finally {
            lock.unlock();
        }
    }

    /** What it writes has reached its files when {@code drained} completes. */
    void writesTo(CompletableFuture<Void> drained) {
        lock.lock();
        try {
            this.drained = drained;
        } finally {
            lock.unlock();
        }
    }

    void startUnlessKilled(Start start) throws IOException, LaunchFailed {
        lock.lock();
        try {
            if (killed) {
                throw killedEarly();
            }
            phase = new Phase.Starting();
        } finally {
            lock.unlock();
        }
        start.run();
    }

    void running(ContainerDirectory directory, Started task, Session session) {
        lock.lock();
        try {
            phase = new Phase.Running(directory, session);
            if (killed) {
                sessions.end(session);
            }
        } finally {
            lock.unlock();
        }
        telling.execute(() -> started.complete(task));
    }

    void failed(LaunchFailed reason) {
        lock.lock();
        try {
            phase = new Phase.Ended();
        } finally {
            lock.unlock();
        }
        telling.execute(() -> {
            termination.complete(new Termination.Lost(String.valueOf(reason.getMessage())));
            started.completeExceptionally(reason);
        });
    }

    /** It ended before anyone watched. */
    void ended(Termination how) {
        lock.lock();
        try {
            phase = new Phase.Ended();
        } finally {
            lock.unlock();
        }
        started.completeExceptionally(new LaunchFailed("The container was launched before"));
        termination.complete(how);
    }

    /** What is left of the session dies with its command; then the container has terminated. */
    void supervisorEnded() {
        Phase.Running running;
        lock.lock();
        try {
            if (!(phase instanceof Phase.Running now)) {
                return;
            }
            running = now;
            phase = new Phase.Ended();
        } finally {
            lock.unlock();
        }
        onEnd.run();
        sessions.end(running.session())
                .thenCombine(
                        drained.copy().completeOnTimeout(null, DRAINED_AFTER_SECONDS, TimeUnit.SECONDS),
                        (_, _) -> running)
                .thenAcceptAsync(this::terminated, telling);
    }

    private void terminated(Phase.Running running) {
        Cage cage = running.session().cage();
        Termination how = readTermination(running.directory(), cage);
        CrashPoint.CONTAINER_ENDED.reached();
        removal.remove(cage).thenRunAsync(() -> termination.complete(how), telling);
    }

    private Termination readTermination(ContainerDirectory directory, Cage cage) {
        try {
            Optional<Termination> exit = directory.exit().map(ContainerDirectory.Exit::termination);
            return limitation(directory, cage)
                    .or(() -> exit)
                    .orElseGet(() -> new Termination.Lost("The supervisor of container '"
                            + ContainerDirectory.nameOf(id) + "' was killed; how its command ended is not known"));
        } catch (IOException e) {
            return new Termination.Lost("Cannot read how the command ended: " + e.getMessage());
        }
    }

    /** The limit that a container has passed, if any, by the agent's note or by what the kernel counted. */
    static Optional<Termination> limitation(ContainerDirectory directory, Cage cage) throws IOException {
        Optional<Termination> noted = directory.limited();
        return noted.isPresent() ? noted : Readings.outOfMemory(cage).map(limited -> limited);
    }

    /** Ends it for having passed a limit. */
    void limit(Termination.Limited limited) {
        lock.lock();
        try {
            if (phase instanceof Phase.Running(var directory, var session)) {
                note(limited, directory);
                sessions.end(session);
            }
        } finally {
            lock.unlock();
        }
    }

    private void note(Termination.Limited limited, ContainerDirectory directory) {
        try {
            directory.limit(limited);
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("container", id.value())
                    .setCause(e)
                    .log("Cannot note why a container is killed: its end will not tell");
        }
    }

    void kill(Signal signal) {
        boolean early = false;
        lock.lock();
        try {
            switch (phase) {
                case Phase.Preparing _ -> {
                    early = !killed;
                    killed = true;
                    if (preparation != null) {
                        preparation.cancel(true);
                    }
                }
                case Phase.Starting _ -> killed = true;
                case Phase.Running(var _, Session session) -> signal(session, signal);
                case Phase.Ended _ -> {}
            }
        } finally {
            lock.unlock();
        }
        if (early) {
            failed(killedEarly());
        }
    }

    private void signal(Session session, Signal signal) {
        switch (signal) {
            case TERM -> sessions.ask(session);
            case KILL -> sessions.end(session);
        }
    }

    /** Empty unless its command runs. */
    Optional<Session> session() {
        lock.lock();
        try {
            return phase instanceof Phase.Running(var _, Session session) ? Optional.of(session) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static LaunchFailed killedEarly() {
        return new LaunchFailed("The container was killed before its command ran");
    }
}
