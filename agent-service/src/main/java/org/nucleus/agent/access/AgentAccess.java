package org.nucleus.agent.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nucleus.access.Authorizer;
import org.nucleus.access.Grants;
import org.nucleus.service.access.CurrentPrincipal;

/** What the access rules let callers do. Thread-safe. */
public final class AgentAccess {
    private final Authorizer authorizer;
    /** Bounded by the credentials: only those principals can be authenticated. */
    private final Map<Optional<String>, Grants> grants = new ConcurrentHashMap<>();

    public AgentAccess(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** Those of the caller whose request the current thread serves. */
    public Viewer viewer() {
        return new Viewer(grants.computeIfAbsent(CurrentPrincipal.get(), authorizer::grants));
    }
}
