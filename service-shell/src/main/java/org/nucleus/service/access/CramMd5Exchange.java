package org.nucleus.service.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.nucleus.access.CramMd5;
import org.nucleus.access.Credential;

/**
 * The server's side of CRAM-MD5 over HTTP: challenges, each good for one answer within 15 s, and the tokens that right
 * answers earn, good for an hour. Both are forgotten by a restart: clients then authenticate again. Thread-safe.
 */
final class CramMd5Exchange {
    static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration HANDSHAKE_LIFE = Duration.ofSeconds(15);
    private static final int HANDSHAKES_MOST = 10_000;
    private static final int TOKENS_MOST = 100_000;
    private static final int TOKEN_BYTES = 24;

    private final AccessRules rules;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ExpiringMap<byte[]> handshakes;
    private final ExpiringMap<String> tokens;

    /** A challenge, and the session that its answer must name. */
    record Challenge(String session, byte[] data) {}

    CramMd5Exchange(AccessRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
        this.handshakes = new ExpiringMap<>(HANDSHAKES_MOST, HANDSHAKE_LIFE, clock);
        this.tokens = new ExpiringMap<>(TOKENS_MOST, TOKEN_LIFE, clock);
    }

    Challenge start() {
        Challenge challenge = new Challenge(unguessable(), CramMd5.challenge(random.nextLong(), clock.millis()));
        handshakes.put(challenge.session(), challenge.data());
        return challenge;
    }

    /** The token that {@code answer} earns; empty if it is wrong, late, or a second try. */
    Optional<String> complete(String session, byte[] answer) {
        String principal = CramMd5.claimedPrincipal(answer);
        // an unknown principal costs the same hash as a wrong secret, so that the time tells nothing
        Credential credential = rules.secrets().apply(principal).orElse(new Credential("", unguessable()));
        Optional<byte[]> challenge = handshakes.remove(session);
        if (challenge.isEmpty() || !CramMd5.verify(credential, challenge.get(), answer)) {
            return Optional.empty();
        }
        String token = unguessable();
        tokens.put(token, principal);
        return Optional.of(token);
    }

    Optional<String> principalOf(String token) {
        return tokens.get(token);
    }

    private String unguessable() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
