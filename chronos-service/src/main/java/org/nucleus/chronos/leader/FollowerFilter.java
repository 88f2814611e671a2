package org.nucleus.chronos.leader;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.nucleus.service.leader.LeaderProxy;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets the leader answer what a follower is asked, with bodies and errors as they come. */
public final class FollowerFilter extends OncePerRequestFilter {
    private static final Pattern LEADERS = Pattern.compile("(?:/v1)?/scheduler/(?!leader$|ping$).*");

    private final Leadership leadership;
    private final LeaderProxy proxy;

    public FollowerFilter(Leadership leadership, LeaderProxy proxy) {
        this.leadership = leadership;
        this.proxy = proxy;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return leadership.term().isPresent()
                || !LEADERS.matcher(request.getRequestURI()).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> leader = leadership.otherLeader();
        if (leader.isPresent()) {
            proxy.forward(leader.get(), request, response);
            return;
        }
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "1");
        response.setContentType("application/json");
        response.getWriter().write("{\"message\":\"No leader is ready\",\"status\":\"Service Unavailable\"}");
    }
}
