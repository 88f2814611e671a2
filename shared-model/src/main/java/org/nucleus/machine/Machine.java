package org.nucleus.machine;

import java.time.Instant;

/**
 * A deterministic state machine: equal histories of {@code (now, input)} give equal steps. Used by one thread at a time.
 *
 * @param <I> anything that can happen: a call, a message, a timer, an election
 * @param <C> a decided fact that must be stored before any effect of its step may leave
 * @param <F> something that must leave the process
 */
public interface Machine<I, C, F> {
    Step<C, F> step(Instant now, I input);
}
