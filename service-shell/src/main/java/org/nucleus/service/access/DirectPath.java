package org.nucleus.service.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A path whose POSTs come thousands of times a second: whoever may call it, by the service's {@link AccessRules}, is
 * served before the chains that all other requests go through, which cost ten times what most calls need. A service
 * declares a bean for each. Requests that are not let in go the common way and are refused there.
 *
 * @param path exactly as requested
 */
public record DirectPath(String path, Endpoint endpoint) {
    /** Serves a request whose caller {@link CurrentPrincipal} tells. */
    public interface Endpoint {
        void serve(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }
}
