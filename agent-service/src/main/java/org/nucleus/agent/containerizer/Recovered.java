package org.nucleus.agent.containerizer;

import java.nio.file.Path;
import org.nucleus.wire.ContainerId;

/** A container that a former process of this agent was asked to launch. */
public record Recovered(ContainerId id, Path sandbox, State state) {
    /** What has become of it. */
    public sealed interface State {
        /** It runs, and is watched again. */
        record Running(Started started) implements State {}

        /** It ended while nobody watched, or earlier. */
        record Ended(Termination termination) implements State {}

        /** Its command has not run and never will. */
        record NeverStarted() implements State {}
    }
}
