package org.nucleus.agent.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.nucleus.agent.core.state.ProbeResult;

/** Waits for a probe's answer as long as its timeout allows; zero allows any time. */
record Patience(Duration timeout) {
    /** What {@code answer} fails with, or its lateness, is what came of the probe. */
    ProbeResult await(CompletableFuture<ProbeResult> answer, String what) throws InterruptedException {
        try {
            return timeout.isZero() ? answer.get() : answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new ProbeResult.Failed(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()));
        } catch (TimeoutException e) {
            return new ProbeResult.Failed(what + " timed out after " + timeout);
        }
    }
}
