package org.nucleus.simulation;

import java.time.Duration;
import java.time.Instant;

/** The way between one machine and the masters, in both directions. */
final class Path {
    private final Way up = new Way();
    private final Way down = new Way();

    /**
     * One direction: while it is cut nothing passes, and what waits passes in order after; while it is slow, all takes
     * long.
     */
    static final class Way {
        private Instant cutUntil = Instant.MIN;
        private Instant slowUntil = Instant.MIN;

        void cutUntil(Instant end) {
            cutUntil = end.isAfter(cutUntil) ? end : cutUntil;
        }

        void slowUntil(Instant end) {
            slowUntil = end.isAfter(slowUntil) ? end : slowUntil;
        }

        /** When what arrives at {@code arrival} gets through, if it is not cut off once more. */
        Instant passes(Instant arrival) {
            return cutUntil.isAfter(arrival) ? cutUntil : arrival;
        }

        Duration delay(Weather weather) {
            Duration usual = weather.networkDelay();
            return slowUntil.isAfter(weather.now()) ? usual.plus(weather.lot().millis(200, 5_000)) : usual;
        }

        private void mend() {
            cutUntil = Instant.MIN;
            slowUntil = Instant.MIN;
        }
    }

    /** Towards the masters. */
    Way up() {
        return up;
    }

    /** Away from the masters. */
    Way down() {
        return down;
    }

    void mend() {
        up.mend();
        down.mend();
    }
}
