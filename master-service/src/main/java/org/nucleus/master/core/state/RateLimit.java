package org.nucleus.master.core.state;

import java.time.Duration;

/** So many in so much time, evenly: one in every {@link #interval}. Written {@code 1/10mins}. */
public record RateLimit(int permits, Duration time) {
    public RateLimit {
        if (permits < 1 || !time.isPositive()) {
            throw new IllegalArgumentException("a rate is a number above 0 in a time above 0");
        }
    }

    public Duration interval() {
        return time.dividedBy(permits);
    }
}
