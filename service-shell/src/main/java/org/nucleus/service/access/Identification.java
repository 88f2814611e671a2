package org.nucleus.service.access;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.nucleus.access.Credential;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who calls, by {@code Authorization: Basic} or by a token as {@code Bearer}. */
final class Identification {
    private final AccessRules rules;
    private final CramMd5Exchange exchange;

    Identification(AccessRules rules, CramMd5Exchange exchange) {
        this.rules = rules;
        this.exchange = exchange;
    }

    /** The principal that {@code request} proves to be; empty without a proof, or with a wrong one. */
    Optional<String> principal(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null ? Optional.empty() : principal(header.strip());
    }

    private Optional<String> principal(String header) {
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return basic(header.substring(6).strip());
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return exchange.principalOf(header.substring(7).strip());
        }
        return Optional.empty();
    }

    private Optional<String> basic(String encoded) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64: nobody we know
        }
        int colon = pair.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        byte[] secret = bytes(pair.substring(colon + 1));
        return rules.secrets()
                .apply(pair.substring(0, colon))
                .filter(known -> MessageDigest.isEqual(bytes(known.secret()), secret))
                .map(Credential::principal);
    }

    /** Lets {@link CurrentPrincipal} tell it on this thread, until the security context is cleared. */
    static void remember(String principal) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(principal, null, List.of()));
        SecurityContextHolder.setContext(context);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
