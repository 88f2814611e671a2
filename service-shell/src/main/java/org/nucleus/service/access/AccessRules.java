package org.nucleus.service.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import org.nucleus.access.Credential;

/**
 * Who must say who they are. A service declares one bean of it; without one, everything is open.
 *
 * @param secrets the credential of a principal
 * @param realm the realm that a request must be authenticated for; empty where nobody is asked, and then whatever
 *     credentials are sent are ignored, as the originals do
 */
public record AccessRules(
        Function<String, Optional<Credential>> secrets, Function<HttpServletRequest, Optional<String>> realm) {
    /** Nobody can have proved who he is where he is about to prove it: the exchange itself asks nobody. */
    public AccessRules {
        Function<HttpServletRequest, Optional<String>> asked = realm;
        realm = request -> CramMd5Endpoint.isExchange(request) ? Optional.empty() : asked.apply(request);
    }

    public static AccessRules open() {
        return new AccessRules(principal -> Optional.empty(), request -> Optional.empty());
    }
}
