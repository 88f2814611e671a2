package org.nucleus.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CramMd5Test {
    private static final Credential TIM = new Credential("tim", "tanstaaftanstaaf");
    private static final byte[] CHALLENGE = "<1896.697170952@postoffice.reston.mci.net>".getBytes(US_ASCII);

    @Test
    void answersTheExampleOfTheStandard() {
        String answer = new String(CramMd5.answer(TIM, CHALLENGE), UTF_8);
        assertThat(answer).isEqualTo("tim b913a602c7eda7a495b4e6e7334d3890");
    }

    @Test
    void challengesWithRandomAndTime() {
        assertThat(new String(CramMd5.challenge(-1, 1_700_000_000_000L), US_ASCII))
                .isEqualTo("<18446744073709551615.1700000000000@nucleus>");
    }

    @Test
    void believesTheRightAnswerOnly() {
        byte[] answer = CramMd5.answer(TIM, CHALLENGE);
        assertThat(CramMd5.verify(TIM, CHALLENGE, answer)).isTrue();
        assertThat(CramMd5.verify(TIM, CramMd5.challenge(1, 2), answer))
                .as("another challenge")
                .isFalse();
        assertThat(CramMd5.verify(new Credential("tim", "guess"), CHALLENGE, answer))
                .isFalse();
        assertThat(CramMd5.verify(new Credential("tom", "tanstaaftanstaaf"), CHALLENGE, answer))
                .isFalse();
        assertThat(CramMd5.verify(TIM, CHALLENGE, new byte[0])).isFalse();
        assertThat(CramMd5.verify(TIM, CHALLENGE, "tim".getBytes(UTF_8))).isFalse();
    }

    @Test
    void knowsWhoClaimsToAnswer() {
        Credential spaced = new Credential("my framework", "s");
        assertThat(CramMd5.claimedPrincipal(CramMd5.answer(spaced, CHALLENGE))).isEqualTo("my framework");
        assertThat(CramMd5.claimedPrincipal("nonsense".getBytes(UTF_8))).isEmpty();
    }
}
