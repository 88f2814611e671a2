package org.nucleus.agent.core.state;

import org.nucleus.wire.Bytes;

/**
 * A source of numbers that look random and follow from its seed: SplitMix64. A value; {@link #next} is the one after.
 */
public record Generator(long seed) {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    public Generator next() {
        return new Generator(seed + GAMMA);
    }

    public long number() {
        long z = seed;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** In [0, 1). */
    public double fraction() {
        return (number() >>> 11) * 0x1.0p-53;
    }

    /** The 16 bytes of a version 4 UUID. */
    static Bytes uuid(long high, long low) {
        long version = (high & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long variant = (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (version >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (variant >>> (56 - 8 * i));
        }
        return Bytes.of(bytes);
    }
}
