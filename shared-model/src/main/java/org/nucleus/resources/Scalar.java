package org.nucleus.resources;

import java.math.BigDecimal;
import org.nucleus.machine.Invariant;

/** An exact scalar: {@code thousandths} of a core, of a MiB or of whatever {@code name} counts. Never negative. */
public record Scalar(String name, long thousandths) {
    /** The largest scalar that one resource may state: a million million units. Sums of thousands of them still fit. */
    public static final long MOST_THOUSANDTHS = 1_000_000_000_000_000L;

    public Scalar {
        Invariant.check(thousandths >= 0, "negative scalar", name);
    }

    public static Scalar of(String name, double value) {
        return new Scalar(name, thousandthsOf(value));
    }

    /** Rounds to the nearest thousandth, halves up, as the original's {@code llround(value * 1000)} does. */
    public static long thousandthsOf(double value) {
        return Math.round(value * 1000);
    }

    /** The number as it travels on the wire. */
    public static double toDouble(long thousandths) {
        return thousandths / 1000.0;
    }

    public double value() {
        return toDouble(thousandths);
    }

    /** Without trailing zeros: {@code 1}, {@code 0.5}, {@code 0.125}. */
    static String text(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }

    /** The text form of the resource, for example {@code cpus:0.5}. */
    @Override
    public String toString() {
        return name + ":" + text(thousandths);
    }
}
