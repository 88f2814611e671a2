package org.nucleus.benchmarks.stand;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Prints figures as rows {@code name: value}. */
public final class Report {
    private Report() {}

    public static void row(String name, double value) {
        System.out.printf(Locale.ROOT, "%s: %.3f%n", name, value);
    }

    public static void row(String name, long value) {
        System.out.println(name + ": " + value);
    }

    public static void row(String name, String value) {
        System.out.println(name + ": " + value);
    }

    /** Number, least, median, 99th percentile and most of {@code samples}. */
    public static void distribution(String name, Collection<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        row(name + "_n", sorted.length);
        if (sorted.length > 0) {
            row(name + "_min", sorted[0]);
            row(name + "_p50", at(sorted, 0.5));
            row(name + "_p99", at(sorted, 0.99));
            row(name + "_max", sorted[sorted.length - 1]);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
