package org.nucleus.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Everything in a world that is left to chance, drawn from its seed. */
final class Lot {
    private final SplittableRandom random;

    Lot(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    Duration seconds(int least, int most) {
        return Duration.ofMillis(between(least * 1000, most * 1000));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    long number() {
        return random.nextLong();
    }
}
