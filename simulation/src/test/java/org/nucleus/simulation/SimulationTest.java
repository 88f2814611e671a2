package org.nucleus.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nucleus.simulation.World.History;

/**
 * Fifty fixed seeds and as many fresh ones as make up {@code simulation.seeds}; or the one that {@code simulation.seed}
 * names. The first seed is printed first, and a failure prints the command that repeats it.
 */
class SimulationTest {
    private static final Logger log = System.getLogger(SimulationTest.class.getName());
    private static final int FIXED = 50;
    private static final int ALL = 1_000;

    @Test
    void promisesAreKeptUnderFaultsAndAllSettlesAfterThem() {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            run(only);
            return;
        }
        int count = Integer.getInteger("simulation.seeds", ALL);
        long firstFresh = new SecureRandom().nextInt(FIXED + 1, Integer.MAX_VALUE);
        int fixed = Math.min(FIXED, count);
        String seeds = "Seeds 1 to %d, then %d fresh ones from %d".formatted(fixed, count - fixed, firstFresh);
        log.log(Level.INFO, seeds);
        LongStream.rangeClosed(1, fixed).forEach(SimulationTest::run);
        LongStream.range(firstFresh, firstFresh + count - fixed).forEach(SimulationTest::run);
    }

    @Test
    void aSeedGivesTheSameHistoryAgain() {
        for (long seed = 1; seed <= 5; seed++) {
            History once = new World(seed).run();
            assertThat(new World(seed).run()).isEqualTo(once);
            assertThat(once.checksum()).isNotEqualTo(new World(seed + 100).run().checksum());
        }
    }

    @Test
    void worldsAreWorthTheirTime() {
        long events = 0;
        Duration lasted = Duration.ZERO;
        for (long seed = 1; seed <= FIXED; seed++) {
            History history = new World(seed).run();
            events += history.events();
            lasted = lasted.plus(history.lasted());
        }
        assertThat(events / FIXED).as("events a seed").isGreaterThan(500);
        assertThat(lasted.dividedBy(FIXED)).as("virtual time a seed").isGreaterThan(Duration.ofSeconds(90));
    }

    private static void run(long seed) {
        World world = new World(seed);
        try {
            world.run();
        } catch (Broken e) {
            String message = """
                    Seed %d: %s
                    %s
                    Repeat it with: mvn -pl simulation test -Dtest=SimulationTest -Dsimulation.seed=%d
                    """;
            fail(message.formatted(seed, e.getMessage(), String.join("\n", world.lastLines()), seed), e);
        }
    }
}
