package org.nucleus.agent.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Every endpoint {@code /x} is also {@code /slave(1)/x}: the original's actors have names, and old exporters write
 * them; some also still ask for {@code /state.json}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class AgentPaths extends OncePerRequestFilter {
    private static final String ACTOR = "/slave(1)";
    private static final String ACTOR_ENCODED = "/slave%281%29";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = plain(request.getRequestURI());
        if (path.equals(request.getRequestURI())) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(new Renamed(request, path), response);
        }
    }

    static String plain(String path) {
        String plain = path;
        for (String prefix : new String[] {ACTOR, ACTOR_ENCODED}) {
            if (plain.startsWith(prefix + "/")) {
                plain = plain.substring(prefix.length());
            }
        }
        return plain.equals("/state.json") ? "/state" : plain;
    }

    /** The request under the endpoint's plain name. */
    private static final class Renamed extends HttpServletRequestWrapper {
        private final String path;

        Renamed(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
        }
    }
}
