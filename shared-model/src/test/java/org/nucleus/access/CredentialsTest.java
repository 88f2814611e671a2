package org.nucleus.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentials\":[{\"principal\":\"a\",\"secret\":\"s1\"},{\"principal\":\"b\",\"secret\":\"s2\"}]}",
                "a s1\nb s2\n",
                "  a\ts1 \r\n\n b   s2"
            })
    void readsTheFormsOfTheOriginalsVersions(String text) {
        Credentials credentials = Credentials.parse(text);
        assertThat(credentials.principals()).containsExactly("a", "b");
        assertThat(credentials.of("b")).contains(new Credential("b", "s2"));
        assertThat(credentials.of("c")).isEmpty();
        assertThat(credentials.single()).isEmpty();
    }

    @Test
    void readsASingleCredential() {
        assertThat(Credentials.parse("{\"principal\":\"a\",\"secret\":\"s 1\"}").single())
                .contains(new Credential("a", "s 1"));
        assertThat(Credentials.parse("a s1").single()).contains(new Credential("a", "s1"));
    }

    @Test
    void provesByTheSecret() {
        Credentials credentials = Credentials.parse("a s1");
        assertThat(credentials.prove("a", "s1")).isTrue();
        assertThat(credentials.prove("a", "s2")).isFalse();
        assertThat(credentials.prove("a", "")).isFalse();
        assertThat(credentials.prove("b", "s1")).isFalse();
        assertThat(credentials.prove("b", ""))
                .as("an unknown principal has no secret to guess")
                .isFalse();
    }

    @Test
    void neverShowsASecret() {
        Credentials credentials = Credentials.parse("a hidden");
        assertThat(credentials.toString()).contains("a").doesNotContain("hidden");
        assertThat(credentials.of("a").orElseThrow().toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a hidden\na hidden",
                "a",
                "a hidden more",
                "{\"credentials\":[{\"principal\":\"a\",\"secret\":\"hidden\"},"
                        + "{\"principal\":\"a\",\"secret\":\"x\"}]}",
                "{\"credentials\":[{\"principal\":\"a\"}]}",
                "{\"credentials\":[{\"secret\":\"hidden\"}]}",
                "{\"credentials\":[{\"principal\":\"\",\"secret\":\"hidden\"}]}",
                "{\"credentials\":[{\"principal\":\"a\",\"secret\":\"\"}]}",
                "{\"credentials\":[{\"principal\":\"a\",\"secret\":17}]}",
                "{\"credentials\":\"hidden\"}",
                "{\"principal\":\"a\"}",
                "{}",
                "{\"principal\":\"a\",\"secret\":\"hidden\" \"x\"}",
                "{\"principal\":\"a\",\"secret\":hidden}"
            })
    void refusesWithoutQuotingASecret(String text) {
        assertThatThrownBy(() -> Credentials.parse(text))
                .isInstanceOf(InvalidAccessRules.class)
                .hasNoCause()
                .message()
                .isNotEmpty()
                .doesNotContain("hidden");
    }

    @Test
    void loadsFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("credentials"), "a s1\n");
        assertThat(Credentials.load(file).of("a")).contains(new Credential("a", "s1"));
        assertThatThrownBy(() -> Credentials.load(folder.resolve("absent")))
                .isInstanceOf(InvalidAccessRules.class)
                .hasMessageContaining("absent");
    }
}
