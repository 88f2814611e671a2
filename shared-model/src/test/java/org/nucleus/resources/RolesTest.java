package org.nucleus.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
    @ParameterizedTest
    @ValueSource(strings = {"*", "a", "a/b", "a-b", "a.b", "..a", "a/b/c", "ü", "%"})
    void acceptsNames(String role) {
        assertThat(Roles.refusal(role)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/", "/a", "a/", "a//b", ".", "..", "a/.", "a/../b", "a/*", "*/a", "-a", "a/-b", "a b", "a\tb",
                "a\b", "a\u007f"
            })
    void refusesNames(String role) {
        assertThat(Roles.refusal(role)).isPresent();
    }

    @ParameterizedTest(name = "{0} below {1}: {2}")
    @CsvSource({"a/b, a, true", "a/b/c, a, true", "a, a, false", "ab, a, false", "a, a/b, false", "a/bc, a/b, false"})
    void knowsWhoIsBelow(String role, String ancestor, boolean expected) {
        assertThat(Roles.isBelow(role, ancestor)).isEqualTo(expected);
    }
}
