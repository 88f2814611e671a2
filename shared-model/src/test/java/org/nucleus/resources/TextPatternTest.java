package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {
    @ParameterizedTest
    @CsvSource({"r[0-9]+, r12, true", "r[0-9]+, r12x, false", "a|b, b, true", "(?i)rack, RACK, true", "'', '', true"})
    void matchesTheWholeText(String regex, String text, boolean expected) {
        assertThat(TextPattern.of(regex, 100).matches(text)).isEqualTo(expected);
    }

    @Test
    void whatTakesOthersExponentialTimeIsAnsweredAtOnce() {
        assertThat(TextPattern.of("(a+)+b", 100).matches("a".repeat(5_000))).isFalse();
    }

    @Test
    void whatIsNoExpressionOrTooComplexIsRefused() {
        assertThatThrownBy(() -> TextPattern.of("(", 100))
                .isInstanceOf(TextPattern.Unusable.class)
                .hasMessageStartingWith("Failed to construct regex from pattern '('");
        assertThatThrownBy(() -> TextPattern.of("[a-z]{200}", 100))
                .isInstanceOf(TextPattern.Unusable.class)
                .hasMessageContaining("is larger than maximum of 100 allowed");
        assertThatThrownBy(() -> TextPattern.of("(a)\\1", 100)).isInstanceOf(TextPattern.Unusable.class);
    }
}
