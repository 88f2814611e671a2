package org.nucleus.service.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nucleus.service.access.DirectPath.Endpoint;
import org.springframework.security.core.context.SecurityContextHolder;

/** Serves the {@link DirectPath}s to those who may call them; all else goes on. */
final class DirectFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    private final transient AccessRules rules;
    private final transient Identification identification;
    private final transient Map<String, Endpoint> endpoints;

    DirectFilter(AccessRules rules, Identification identification, List<DirectPath> paths) {
        this.rules = rules;
        this.identification = identification;
        this.endpoints = paths.stream().collect(Collectors.toMap(DirectPath::path, DirectPath::endpoint));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Endpoint endpoint = request.getMethod().equals("POST") ? endpoints.get(request.getRequestURI()) : null;
        if (endpoint == null) {
            chain.doFilter(request, response);
        } else if (rules.realm().apply(request).isEmpty()) {
            endpoint.serve(request, response);
        } else {
            Optional<String> principal = identification.principal(request);
            if (principal.isEmpty()) {
                chain.doFilter(request, response);
            } else {
                serve(principal.get(), endpoint, request, response);
            }
        }
    }

    private static void serve(
            String principal, Endpoint endpoint, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Identification.remember(principal);
        try {
            endpoint.serve(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
