package org.nucleus.marathon.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.nucleus.marathon.term.Leadership;
import org.nucleus.service.leader.LeaderProxy;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets the leader answer. A standby hands requests on to it, sends listeners there, and answers by itself only whether it
 * is alive. Runs after authentication.
 */
@Component
@Order(0)
class LeaderFilter extends OncePerRequestFilter {
    private final Leadership leadership;
    private final LeaderProxy proxy;

    LeaderFilter(Leadership leadership, LeaderProxy proxy) {
        this.leadership = leadership;
        this.proxy = proxy;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
        response.setHeader("Pragma", "no-cache");
        response.setHeader("Expires", "0");
        if (isLocal(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        String leader = leader().orElse(null);
        if (leader == null) {
            refuse(response, "Could not determine the current leader");
        } else if (leader.equals(leadership.id())) {
            response.setHeader("X-Marathon-Leader", "http://" + leader);
            response.setHeader("X-Frame-Options", "DENY");
            response.setHeader("X-XSS-Protection", "1; mode=block");
            chain.doFilter(request, response);
        } else if (request.getRequestURI().equals("/v2/events")) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "http://" + leader + "/v2/events" + query);
        } else {
            proxy.forward(leader, request, response);
        }
    }

    private Optional<String> leader() {
        try {
            return leadership.leader();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static boolean isLocal(String path) {
        return path.equals("/ping")
                || path.startsWith("/metrics")
                || path.startsWith("/actuator")
                || path.equals("/error");
    }

    private static void refuse(HttpServletResponse response, String message) throws IOException {
        response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
        response.setContentType("application/json");
        response.getWriter().write(Bodies.message(message).toString());
    }
}
