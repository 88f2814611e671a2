package org.nucleus.master.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nucleus.access.Authorizer;
import org.nucleus.access.Grants;
import org.nucleus.master.core.state.Caller;
import org.nucleus.service.access.CurrentPrincipal;

/** From request to caller: who it is, and what the access rules let them do. */
public final class MasterAccess {
    private final Authorizer authorizer;
    /** Bounded by the credentials: only those principals can be authenticated. */
    private final Map<Optional<String>, Grants> grants = new ConcurrentHashMap<>();

    public MasterAccess(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** The caller of the request that the current thread serves. */
    public Caller caller() {
        Optional<String> principal = CurrentPrincipal.get();
        return new Caller(principal.orElse(null), grants.computeIfAbsent(principal, authorizer::grants));
    }

    /** Which doors ask for credentials. */
    public record Doors(boolean schedulers, boolean agents, boolean readers, boolean operators) {
        /** The realm to authenticate for at {@code request}'s door; empty where it is open. */
        public Optional<String> realm(HttpServletRequest request) {
            String path = request.getRequestURI();
            String local = path.startsWith("/master/") ? path.substring("/master".length()) : path;
            if (isOpen(local)) {
                return Optional.empty();
            }
            if (local.startsWith("/api/v1/scheduler")) {
                return realm(schedulers, "mesos-master-scheduler");
            }
            if (local.startsWith("/agentlink/")) {
                return realm(agents, "mesos-master-agent");
            }
            boolean reads =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            return reads ? realm(readers, "mesos-master-readonly") : realm(operators, "mesos-master-readwrite");
        }

        private static boolean isOpen(String path) {
            return switch (path) {
                case "/health", "/version", "/version.json", "/redirect", "/help", "/favicon.ico" -> true;
                default -> path.startsWith("/actuator/health");
            };
        }

        private static Optional<String> realm(boolean asked, String realm) {
            return asked ? Optional.of(realm) : Optional.empty();
        }
    }
}
