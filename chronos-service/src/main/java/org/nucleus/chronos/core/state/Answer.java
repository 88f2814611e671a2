package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.List;

/** What a caller hears. */
public sealed interface Answer {
    record Done() implements Answer {}

    /** A run was stored, which may have been skipped at once. */
    record Started(Run run) implements Answer {}

    /** So many runs were stored. */
    record Filled(int runs) implements Answer {}

    /** The job would be accepted like this, and fire then. */
    record Checked(Job job, List<Instant> firings) implements Answer {
        public Checked {
            firings = List.copyOf(firings);
        }
    }

    /** A job was, or could not be, marked as successful. */
    record Marked(boolean known) implements Answer {}

    /** The call was refused; the sentence is for its sender. */
    record Refused(String message) implements Answer {}
}
