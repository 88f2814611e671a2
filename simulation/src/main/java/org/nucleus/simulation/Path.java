package org.nucleus.simulation;

import java.time.Instant;

/** The way between one machine and the masters: nothing passes while it is cut, and what waits passes in order after. */
final class Path {
    private Instant cutUntil = Instant.MIN;

    void cutUntil(Instant end) {
        if (end.isAfter(cutUntil)) {
            cutUntil = end;
        }
    }

    void mend() {
        cutUntil = Instant.MIN;
    }

    Instant cutUntil() {
        return cutUntil;
    }
}
