package org.nucleus.service.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Existing clients write {@code /v2/apps//web}, {@code /v2/groups/%2Fg%2Fone} and trailing slashes. Whoever looks at a
 * path after this filter, security first, sees single slashes between segments and none at the end; paths that climb
 * ({@code ..}) are left for the firewall to refuse.
 */
final class PathFilter extends OncePerRequestFilter {
    private static final Pattern SLASHES = Pattern.compile("(?:/|%2[fF])+");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        String normal = normalise(path);
        chain.doFilter(normal.equals(path) ? request : new NormalPath(request, normal), response);
    }

    static String normalise(String path) {
        String single = SLASHES.matcher(path).replaceAll("/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** The request under its normal path. Services are deployed at the root: there is no context path. */
    private static final class NormalPath extends HttpServletRequestWrapper {
        private final String path;

        NormalPath(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            int authority = url.indexOf("://");
            int slash = url.indexOf("/", authority < 0 ? 0 : authority + 3);
            return slash < 0 ? url : url.replace(slash, url.length(), path);
        }

        @Override
        public String getServletPath() {
            return PathFilter.normalise(super.getServletPath());
        }
    }
}
