package org.nucleus.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nucleus.simulation.World.History;

/**
 * {@code simulation.seeds} seeds from {@code simulation.from}, by default the same ones each time: a build fails by what
 * has changed, never by luck. Who looks for more begins elsewhere. {@code simulation.seed} names one, and a failure
 * prints the command that repeats it.
 */
class SimulationTest {
    private static final Logger log = System.getLogger(SimulationTest.class.getName());
    private static final int ALL = 10_000;
    private static final int LINES = 80;

    @Test
    void promisesAreKeptUnderFaultsAndAllSettlesAfterThem() {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            explain(only);
            return;
        }
        int count = Integer.getInteger("simulation.seeds", ALL);
        long from = Long.getLong("simulation.from", 1L);
        Campaign campaign = new Campaign(
                Integer.getInteger("simulation.threads", Runtime.getRuntime().availableProcessors()));
        log.log(Level.INFO, count + " seeds from " + from);
        campaign.run(from, count);
        log.log(Level.INFO, campaign.report());
        campaign.failed().ifPresent(SimulationTest::explain);
        if (count >= ALL) {
            checkCoverage(campaign.coverage());
        }
    }

    /** What worlds are meant to bring about comes about, and they don't grow dull. */
    private static void checkCoverage(Coverage coverage) {
        assertThat(coverage.milestones().keySet()).containsAll(Coverage.MILESTONES);
        assertThat(coverage.distinct()).as("different behaviours").isGreaterThan(850);
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
    void messagesSayTheSameHoweverTheyTravel() {
        for (long seed = 1; seed <= 20; seed++) {
            History byHand = new World(seed, Wire.BY_HAND, LINES).run();
            for (Wire wire : List.of(Wire.JSON, Wire.PROTOBUF)) {
                History travelled = new World(seed, wire, LINES).run();
                assertThat(travelled.checksum()).as("seed %d by %s", seed, wire).isEqualTo(byHand.checksum());
                assertThat(travelled.contents()).isNotEqualTo(byHand.contents());
            }
        }
    }

    @Test
    void worldsAreWorthTheirTime() {
        long events = 0;
        Duration lasted = Duration.ZERO;
        int worlds = 50;
        for (long seed = 1; seed <= worlds; seed++) {
            History history = new World(seed).run();
            events += history.events();
            lasted = lasted.plus(history.lasted());
        }
        assertThat(events / worlds).as("events a seed").isGreaterThan(500);
        assertThat(lasted.dividedBy(worlds)).as("virtual time a seed").isGreaterThan(Duration.ofSeconds(90));
    }

    /** Lets a seed happen with messages that people can read. */
    private static void explain(long seed) {
        World world = new World(seed, Wire.BY_HAND, Integer.getInteger("simulation.lines", LINES));
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
