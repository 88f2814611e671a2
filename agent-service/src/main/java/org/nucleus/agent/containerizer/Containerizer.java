package org.nucleus.agent.containerizer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.nucleus.wire.ContainerId;

/**
 * Runs containers: a command in a sandbox, with everything it starts. Containers outlive this process; the next one
 * finds them with {@link #recover}.
 *
 * <p>All methods may be called from any thread and return at once. Futures complete on threads that are
 * nobody's; but what is attached to a completed one runs on the attaching thread, so a writer attaches with an
 * executor.
 */
public interface Containerizer extends AutoCloseable {
    /**
     * Prepares the sandbox, fetches the command's URIs into it and starts the command. Completes when the pid is on
     * disk and the command is about to run; fails with {@link LaunchFailed}, whose message is fit for a status update.
     * An id is launched once, ever.
     */
    CompletableFuture<Started> launch(Launch launch);

    /**
     * Completes, never exceptionally, once the container's command has ended and nothing of the container is left.
     * Each call gives the same answer, also after the end, until {@link #forget}. Of a launch that failed, or of an
     * unknown id: {@link Termination.Lost}.
     */
    CompletableFuture<Termination> termination(ContainerId id);

    /**
     * Signals every process of the container. {@link Signal#TERM} asks, {@link Signal#KILL} ends it for sure, also
     * what ignored or outlived the former. Before the command runs, either makes the launch fail. Of an unknown or
     * ended container: nothing.
     */
    void kill(ContainerId id, Signal signal);

    /**
     * What the container uses now; empty if it does not run. Reads {@code /proc}: for an edge thread, not for a writer.
     */
    Optional<Usage> usage(ContainerId id);

    /** The first process of a running container; empty if it does not run. */
    Optional<Long> pid(ContainerId id);

    /**
     * Changes what a running container may use of CPU and memory. Its hard limit of memory is only ever raised, since
     * nobody knows what would die of less. Of one that is still being launched: what it starts with. Of any other:
     * nothing.
     */
    void update(ContainerId id, Limits limits) throws IOException;

    /**
     * Every container a former process of this agent left behind and nobody {@linkplain #forget forgot}; those that
     * run are adopted, so that the other methods work on them. To be called once, before the first launch. Who finds
     * one that nobody owns kills it, and forgets it when it has terminated.
     */
    List<Recovered> recover();

    /** Removes what is stored about an ended container (not its sandbox). Of a running or unknown one: nothing. */
    void forget(ContainerId id);

    /** Stops watching. Containers go on running. */
    @Override
    void close();
}
