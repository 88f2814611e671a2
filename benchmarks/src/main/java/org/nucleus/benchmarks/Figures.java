package org.nucleus.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Samples of one quantity, and how they are printed: minimum, median, 99th percentile, maximum. */
public record Figures(double[] sorted) {
    public static Figures of(List<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Figures(sorted);
    }

    public double quantile(double q) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(q * (sorted.length - 1)))];
    }

    /** One row of a Markdown table. */
    public String row(String name, String unit) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f |",
                name,
                unit,
                sorted.length,
                quantile(0),
                quantile(0.5),
                quantile(0.99),
                quantile(1));
    }

    public static String header() {
        return "| what | unit | n | min | median | p99 | max |\n|---|---|---|---|---|---|---|";
    }
}
