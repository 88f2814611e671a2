package org.nucleus.master.metrics;

import java.util.Arrays;
import java.util.Map;

/**
 * How long something took: the last time, how often, and percentiles over the last thousand times. Thread-safe. Source
 * of the names: libprocess, metrics/timer.hpp.
 */
final class Timing {
    private static final int WINDOW = 1_000;
    private static final double NANOS = 1e6;
    private static final Map<String, Double> PERCENTILES =
            Map.of("p50", 0.5, "p90", 0.9, "p95", 0.95, "p99", 0.99, "p999", 0.999, "p9999", 0.9999);

    private final double[] window = new double[WINDOW];
    private long count;
    private double last;

    synchronized void record(long nanos) {
        last = nanos / NANOS;
        window[(int) (count % WINDOW)] = last;
        count++;
    }

    synchronized long count() {
        return count;
    }

    /** Writes {@code name}, and once there is anything to tell of a window, the rest. */
    synchronized void add(String name, Map<String, Double> values) {
        values.put(name, last);
        values.put(name + "/count", (double) count);
        if (count == 0) {
            return;
        }
        double[] sorted = Arrays.copyOf(window, (int) Math.min(count, WINDOW));
        Arrays.sort(sorted);
        values.put(name + "/min", sorted[0]);
        values.put(name + "/max", sorted[sorted.length - 1]);
        PERCENTILES.forEach((each, share) -> values.put(name + "/" + each, at(sorted, share)));
    }

    /** Between the two nearest, in proportion. Source: libprocess, statistics.hpp. */
    private static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
