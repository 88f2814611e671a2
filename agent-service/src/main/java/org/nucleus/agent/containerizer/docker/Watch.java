package org.nucleus.agent.containerizer.docker;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.crash.CrashPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for containers to end, and brings their output into their sandboxes meanwhile. */
final class Watch {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    /** An engine ends a stream of output with its container; one that does not is asked for the rest. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final String FORGOTTEN = "The engine has no such container any more, and its exit status is lost";

    private final Engine engine;
    private final Patience patience;

    Watch(Engine engine, Patience patience) {
        this.engine = engine;
        this.patience = patience;
    }

    /** Watches a container that runs, on threads of its own, until it has ended or the agent stops. */
    void begin(DockerContainer container, Trace.Spec spec) {
        patience.begin(() -> watch(container, spec));
    }

    private void watch(DockerContainer container, Trace.Spec spec) throws InterruptedException {
        var copied = new CompletableFuture<Boolean>();
        Thread follower = Thread.startVirtualThread(() -> copied.complete(follow(container, spec)));
        Termination how;
        try {
            how = awaitEnd(container);
            follower.join(LAST_OUTPUT);
        } finally {
            follower.interrupt();
        }
        follower.join();
        if (!copied.getNow(false)) {
            complete(container.name(), spec);
        }
        CrashPoint.CONTAINER_ENDED.reached();
        container.ended(how);
    }

    private Termination awaitEnd(DockerContainer container) throws InterruptedException {
        String name = container.name();
        try {
            while (true) {
                Optional<Seen> seen = patience.ask(() -> engine.inspect(name));
                if (seen.isEmpty()) {
                    return new Termination.Lost(FORGOTTEN);
                }
                if (seen.get().neverStarted()) {
                    return new Termination.Lost("The engine never started the container");
                }
                if (!seen.get().runs()) {
                    return seen.get().termination();
                }
                await(name);
            }
        } catch (EngineRefused e) {
            return new Termination.Lost("The engine does not tell how the container ended: " + e.getMessage());
        }
    }

    /** Until it ended, or the engine is away: what is the case is asked next. */
    private void await(String name) throws InterruptedException {
        try {
            engine.await(name);
        } catch (IOException _) {
            patience.pause(BETWEEN);
        }
    }

    /** Whether all of the output was copied: until the container ends, or this thread is interrupted. */
    private boolean follow(DockerContainer container, Trace.Spec spec) {
        try (Output output = Output.of(spec)) {
            while (!copied(output, container.name())) {
                patience.pause(BETWEEN);
            }
            return true;
        } catch (InterruptedException | ClosedByInterruptException _) {
            return false; // the rest is copied by who interrupts, or by the next agent
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("container", container.id()).log("Its output cannot be followed");
            return false;
        }
    }

    /** False if the engine is away; it will have kept the output. */
    private boolean copied(Output output, String name) throws EngineRefused {
        try {
            output.copy(engine, name, true);
            return true;
        } catch (EngineRefused e) {
            if (!e.isServerError()) {
                throw e;
            }
            return false;
        } catch (IOException _) {
            return false;
        }
    }

    /** Copies the rest of an ended container's output. */
    void complete(String name, Trace.Spec spec) {
        try (Output output = Output.of(spec)) {
            output.copy(engine, name, false);
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("container", name).log("The end of a container's output is lost");
        }
    }
}
