package org.nucleus.resources;

import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Runs a property with fixed seeds, and with a fresh one; a failure names its seed. {@code -Dseed=…} repeats one. */
final class Seeds {
    private static final int FIXED = 200;

    private Seeds() {}

    static void forEach(Consumer<Random> property) {
        String wanted = System.getProperty("seed");
        LongStream seeds = wanted == null
                ? LongStream.concat(LongStream.range(0, FIXED), LongStream.of(System.nanoTime()))
                : LongStream.of(Long.parseLong(wanted));
        seeds.forEach(seed -> run(property, seed));
    }

    private static void run(Consumer<Random> property, long seed) {
        try {
            property.accept(new Random(seed));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Fails with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
