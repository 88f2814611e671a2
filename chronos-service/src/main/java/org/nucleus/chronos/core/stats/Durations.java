package org.nucleus.chronos.core.stats;

import java.util.Arrays;

/** Durations of a job's runs in milliseconds, sorted, and the figures asked of them; all zero if there are none. */
public final class Durations {
    private final long[] sorted;

    public Durations(long[] millis) {
        this.sorted = millis.clone();
        Arrays.sort(sorted);
    }

    public int count() {
        return sorted.length;
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElse(0);
    }

    public double median() {
        return percentile(50);
    }

    /** Interpolated between the neighbours, as Dropwizard's snapshot does. */
    public double percentile(double percent) {
        if (sorted.length == 0) {
            return 0;
        }
        double place = percent / 100 * (sorted.length + 1);
        int index = (int) place;
        if (index < 1) {
            return sorted[0];
        }
        if (index >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        double lower = sorted[index - 1];
        return lower + (place - index) * (sorted[index] - lower);
    }
}
