package org.nucleus.agent.core.state;

import java.time.Instant;

/** What a task is meant to do. Once it is meant to die, that stays. */
public sealed interface Intent {
    /** Run until it ends by itself. */
    record Live() implements Intent {}

    /** End: asked to since {@code asked}, and by force from {@code deadline}. */
    record Die(Cause cause, Instant asked, Instant deadline) implements Intent {
        public Die by(Instant earlier) {
            return new Die(cause, asked, earlier);
        }
    }

    /** Who wants it dead; decides what its end is reported as. */
    enum Cause {
        KILL,
        UNHEALTHY,
        MAX_COMPLETION_TIME,
        FRAMEWORK_SHUTDOWN,
        AGENT_SHUTDOWN,
        /** Of an executor: it was told to end. */
        EXECUTOR_SHUTDOWN,
        /** Of an executor: it did not subscribe in time. */
        REGISTRATION_TIMEOUT,
        /** Of an executor: it did not come back in time after the agent's process was replaced. */
        REREGISTRATION_TIMEOUT
    }
}
