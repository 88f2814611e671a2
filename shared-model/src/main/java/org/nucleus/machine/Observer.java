package org.nucleus.machine;

import java.time.Instant;

/** Sees every step after it is durable, on the writer's thread: metrics, logs and views hang here, never in rules. */
public interface Observer<I, C, F> {
    void stepped(Instant now, I input, Step<C, F> step);

    /** Called once per batch, after its effects were released. */
    default void batchReleased() {}
}
