package org.nucleus.marathon.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.marathon.core.deployment.RollingRestart.Situation;
import org.nucleus.marathon.core.deployment.RollingRestart.Strategy;

/** The vectors of the original's RestartStrategyTest. */
class RollingRestartTest {
    @ParameterizedTest(name = "n={0} min={1} over={2} resident={3} healthy={4} current={5} -> {6}, {7}")
    @CsvSource({
        "1,  .5, 0, true,  1, 1, 1, 1",
        "1,  .5, 0, true,  0, 1, 1, 0",
        "5,  .5, 0, true,  5, 5, 5, 2",
        "5,   1, 0, true,  7, 7, 5, 3",
        "5,   1, 0, true,  3, 5, 5, 0",
        "5,   1, 0, true,  5, 5, 5, 1",
        "1,  .5, 0, false, 1, 1, 2, 0",
        "1,  .5, 0, false, 0, 0, 1, 0",
        "2,  .5, 0, false, 2, 2, 2, 1",
        "10, .1, 0, false, 1, 1, 10, 0",
        "10, .1, 1, false, 10, 10, 20, 9",
        "10,  1, 1, false, 10, 10, 20, 0",
    })
    void followsTheOriginal(
            int n, double least, double over, boolean resident, int healthy, int current, int capacity, int kill) {
        assertThat(RollingRestart.strategy(new Situation(n, least, over, resident, healthy, current)))
                .isEqualTo(new Strategy(capacity, kill));
    }
}
