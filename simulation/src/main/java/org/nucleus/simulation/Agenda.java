package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** The world's true time, and what is to happen in it: in order of time, and for the same time in order of booking. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private long booked;

    private record Entry(Instant at, long number, Runnable what) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Instant now() {
        return now;
    }

    /** What is due in the past happens now. */
    void at(Instant due, Runnable what) {
        entries.add(new Entry(due.isBefore(now) ? now : due, booked++, what));
    }

    void in(Duration delay, Runnable what) {
        at(now.plus(delay), what);
    }

    /** Lets everything happen that is due before {@code end}, and what follows from it; then it is {@code end}. */
    void runUntil(Instant end) {
        while (true) {
            Entry next = entries.peek();
            if (next == null || !next.at().isBefore(end)) {
                now = end;
                return;
            }
            entries.remove();
            now = next.at();
            next.what().run();
        }
    }
}
