package org.nucleus.marathon.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.MarathonProperties;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the origins that the operator named read, and no more requests in than the operator allows. Source:
 * api.CORSFilter, api.LimitConcurrentRequestsFilter.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CrossOrigin extends OncePerRequestFilter {
    private final List<String> origins;
    private final @Nullable Integer most;
    private final Semaphore room;

    CrossOrigin(MarathonProperties flags) {
        String allowed = flags.accessControlAllowOrigin();
        this.origins = allowed == null ? List.of() : List.of(allowed.split("\\s*,\\s*"));
        this.most = flags.httpMaxConcurrentRequests();
        this.room = new Semaphore(most == null ? Integer.MAX_VALUE : most);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        allow(request, response);
        if (!room.tryAcquire()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setContentType("application/json");
            response.getWriter()
                    .write(Bodies.message("Too many concurrent requests! Allowed: " + most + ".")
                            .toString());
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            room.release();
        }
    }

    private void allow(HttpServletRequest request, HttpServletResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        origins.forEach(origin -> response.addHeader("Access-Control-Allow-Origin", origin));
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        response.setHeader("Access-Control-Max-Age", "86400");
        String asked = request.getHeader("Access-Control-Request-Headers");
        if (asked != null) {
            response.setHeader("Access-Control-Allow-Headers", asked);
        }
    }
}
