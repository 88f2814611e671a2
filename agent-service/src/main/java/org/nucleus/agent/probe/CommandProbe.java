package org.nucleus.agent.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.nucleus.agent.containerizer.Containerizer;
import org.nucleus.agent.containerizer.Launch;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Termination;
import org.nucleus.agent.core.state.ProbeResult;
import org.nucleus.wire.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a command as a container; all that it started is gone when it ends, takes too long or is stopped. */
final class CommandProbe {
    private static final Logger log = LoggerFactory.getLogger(CommandProbe.class);

    private final Containerizer containerizer;

    CommandProbe(Containerizer containerizer) {
        this.containerizer = containerizer;
    }

    ProbeResult ask(Launch launch, Duration timeout) throws InterruptedException {
        ContainerId id = launch.id();
        CompletableFuture<ProbeResult> answer = containerizer
                .launch(launch)
                .thenCompose(_ -> containerizer.termination(id))
                .thenApply(CommandProbe::result);
        try {
            return new Patience(timeout).await(answer, "Command");
        } finally {
            containerizer.kill(id, Signal.KILL);
            forget(id);
        }
    }

    private void forget(ContainerId id) {
        containerizer
                .termination(id)
                .thenRunAsync(() -> containerizer.forget(id), Thread::startVirtualThread)
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        log.atWarn()
                                .setCause(failure)
                                .addKeyValue("container", id.value())
                                .log("A probe is left over");
                    }
                });
    }

    private static ProbeResult result(Termination termination) {
        return switch (termination) {
            case Termination.Exited(int status) -> new ProbeResult.Exited(status);
            case Termination.Signaled _, Termination.Limited _, Termination.Lost _ ->
                new ProbeResult.Failed(termination.message());
        };
    }
}
