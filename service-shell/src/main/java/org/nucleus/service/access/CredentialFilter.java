package org.nucleus.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls, by {@code Authorization: Basic} or by a token as {@code Bearer}, where a realm is asked for. */
final class CredentialFilter extends OncePerRequestFilter {
    private final AccessRules rules;
    private final Identification identification;

    CredentialFilter(AccessRules rules, Identification identification) {
        this.rules = rules;
        this.identification = identification;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return rules.realm().apply(request).isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        identification.principal(request).ifPresent(Identification::remember);
        chain.doFilter(request, response);
    }
}
