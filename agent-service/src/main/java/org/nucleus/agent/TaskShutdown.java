package org.nucleus.agent;

import java.time.Duration;

/** Ends all tasks before the agent itself is stopped: for a cluster that goes away as a whole. */
@FunctionalInterface
public interface TaskShutdown {
    /**
     * Asks every task to end, forces those that outlast their grace, and returns when none runs or {@code mostTime}
     * is over. No new task is taken on after it. The agent's identity and its unacknowledged updates are kept for the
     * next start.
     */
    void killAll(Duration mostTime) throws InterruptedException;
}
