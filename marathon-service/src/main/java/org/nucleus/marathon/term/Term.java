package org.nucleus.marathon.term;

import org.nucleus.marathon.core.state.MarathonInput;

/** The machine while this process leads. */
public interface Term extends AutoCloseable {
    /** Hands {@code input} to the machine; false if it has no room or has ended. */
    boolean offer(MarathonInput input);

    @Override
    void close();
}
