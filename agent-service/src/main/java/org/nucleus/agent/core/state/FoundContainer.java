package org.nucleus.agent.core.state;

import org.nucleus.wire.ContainerId;

/** A container that the agent's former process left behind. */
public record FoundContainer(ContainerId id, Condition condition) {
    /** What has become of it. */
    public sealed interface Condition {
        /** It runs, and its end will be reported. */
        record Running() implements Condition {}

        record Ended(Ending ending) implements Condition {}

        /** Its command has not run and never will under this id. */
        record NeverStarted() implements Condition {}
    }
}
