package org.nucleus.simulation;

import java.time.Instant;

/** The way between one machine and the masters: while it is cut nothing passes; what waits passes in order after. */
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
