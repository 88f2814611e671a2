package org.nucleus.agent.containerizer.docker;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.containerizer.LaunchFailed;
import org.nucleus.agent.containerizer.Started;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.wire.ContainerId;

/** One container's fate, as far as this process has seen it. Thread-safe. */
final class DockerContainer {
    private final ContainerId id;
    private final CompletableFuture<Started> started = new CompletableFuture<>();
    private final CompletableFuture<Termination> termination = new CompletableFuture<>();
    private @Nullable Thread launching;
    private boolean unwanted;
    private volatile String stopSignal = "SIGTERM";
    private volatile long pid;
    private volatile boolean ran;

    DockerContainer(ContainerId id) {
        this.id = id;
    }

    ContainerId id() {
        return id;
    }

    String name() {
        return Creation.nameOf(id);
    }

    CompletableFuture<Started> started() {
        return started;
    }

    CompletableFuture<Termination> termination() {
        return termination;
    }

    /** What its image says ends it. */
    String stopSignal() {
        return stopSignal;
    }

    /** Of its first process; 0 if not known. */
    long pid() {
        return pid;
    }

    boolean runs() {
        return started.isDone() && !started.isCompletedExceptionally() && !termination.isDone();
    }

    /** Whether the engine has started it, as far as anybody knows. */
    boolean hasRun() {
        return ran;
    }

    boolean ended() {
        return termination.isDone();
    }

    /** This thread launches it, and is interrupted if nobody wants it any more. */
    synchronized void launchedBy(Thread thread) throws LaunchFailed {
        launching = thread;
        checkWanted();
    }

    /** From here on it may run: to be ended as one that runs. */
    synchronized void beginning() throws LaunchFailed {
        checkWanted();
        launching = null;
    }

    /** Whether it was being launched, which is now given up. */
    synchronized boolean giveUp() {
        unwanted = true;
        if (launching != null) {
            launching.interrupt();
        }
        return launching != null;
    }

    synchronized boolean isUnwanted() {
        return unwanted;
    }

    private void checkWanted() throws LaunchFailed {
        if (unwanted) {
            throw new LaunchFailed("The container was killed before its command ran");
        }
    }

    void running(Seen seen, Started process) {
        stopSignal = seen.stopSignal();
        pid = seen.pid();
        ran = true;
        started.complete(process);
    }

    /** It runs, as far as anybody knows: the engine does not answer. */
    void presumedRunning() {
        ran = true;
        started.complete(new Started(0, 0));
    }

    void ended(Termination how) {
        ran = true;
        started.completeExceptionally(new LaunchFailed(how.message()));
        termination.complete(how);
    }

    void failed(LaunchFailed failure) {
        synchronized (this) {
            launching = null;
        }
        started.completeExceptionally(failure);
        termination.complete(new Termination.Lost(String.valueOf(failure.getMessage())));
    }
}
