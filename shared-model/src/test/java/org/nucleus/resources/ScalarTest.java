package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nucleus.machine.Invariant;

class ScalarTest {
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "0, 0",
        "1, 1000",
        "0.1, 100",
        "0.001, 1",
        "0.0005, 1",
        "0.00049, 0",
        "1.0004, 1000",
        "1.0005, 1001",
        "0.3, 300",
        "24576, 24576000",
        "2.675, 2675",
        "1e12, 1000000000000000"
    })
    void roundsToTheNearestThousandth(double value, long thousandths) {
        assertThat(Scalar.thousandthsOf(value)).isEqualTo(thousandths);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"0, cpus:0", "1000, cpus:1", "500, cpus:0.5", "125, cpus:0.125", "10, cpus:0.01", "100000, cpus:100"})
    void printsWithoutTrailingZeros(long thousandths, String text) {
        assertThat(new Scalar("cpus", thousandths)).hasToString(text);
    }

    @Test
    void thousandthsSurviveTheWire() {
        Seeds.forEach(random -> {
            long thousandths = random.nextLong(Scalar.MOST_THOUSANDTHS);
            assertThat(Scalar.thousandthsOf(Scalar.toDouble(thousandths))).isEqualTo(thousandths);
        });
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new Scalar("cpus", -1)).isInstanceOf(Invariant.Violation.class);
    }
}
