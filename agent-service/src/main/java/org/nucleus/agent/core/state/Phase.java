package org.nucleus.agent.core.state;

import java.time.Instant;

/** How far a task's container has come. It only moves down this list. */
public sealed interface Phase {
    /** Its launch was decided and stored; the container may or may not exist yet. */
    record Launching() implements Phase {}

    /** Its command runs since then. */
    record Running(Instant since) implements Phase {}

    /** Nothing of it runs any more, and nothing ever will. */
    record Ended() implements Phase {}
}
