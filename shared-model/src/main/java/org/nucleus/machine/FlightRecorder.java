package org.nucleus.machine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last inputs of a writer, kept to be written down when a step fails. Used by the writer's thread alone. */
final class FlightRecorder<I> {
    private static final int KEPT = 64;

    private final Deque<Entry<I>> entries = new ArrayDeque<>(KEPT);

    record Entry<I>(Instant now, I input) {}

    void record(Instant now, I input) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry<>(now, input));
    }

    List<Entry<I>> entries() {
        return List.copyOf(entries);
    }
}
