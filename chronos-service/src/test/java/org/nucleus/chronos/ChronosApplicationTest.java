package org.nucleus.chronos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Chronos makes of being started by Marathon. */
class ChronosApplicationTest {
    private static final Map<String, String> MARATHON = Map.of("PORT0", "31000", "HOST", "agent.example");

    @Test
    void marathonsPortAndHostAreTaken() {
        assertThat(ChronosApplication.underMarathon(new String[] {"--master=m:5050"}, MARATHON))
                .containsExactly("--master=m:5050", "--http_port=31000", "--hostname=agent.example");
    }

    @Test
    void whatIsGivenWins() {
        String[] given = {"--http-port=4400", "--hostname", "here"};

        assertThat(ChronosApplication.underMarathon(given, MARATHON)).containsExactly(given);
        assertThat(ChronosApplication.underMarathon(
                        new String[] {}, Map.of("PORT0", "31000", "CHRONOS_HTTP_PORT", "4400")))
                .isEmpty();
    }

    @Test
    void withoutMarathonNothingChanges() {
        assertThat(ChronosApplication.underMarathon(new String[] {}, Map.of("HOST", "here")))
                .isEmpty();
    }
}
