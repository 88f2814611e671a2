package org.nucleus.marathon.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.Optional;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.core.state.Origin;
import org.nucleus.service.access.CurrentPrincipal;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who makes the request that the current thread serves, and what they may do. */
public final class Caller {
    /** They lack the right for what they ask. */
    public static final class Forbidden extends RuntimeException {
        Forbidden() {
            super("Not Authorized to perform this action!");
        }
    }

    private final Optional<Users> users;

    /** @param users empty: whoever calls may do everything */
    public Caller(Optional<Users> users) {
        this.users = users;
    }

    public Rights rights() {
        return users.map(known -> CurrentPrincipal.get().map(known::rights).orElse(Rights.NONE))
                .orElse(Rights.ALL);
    }

    public Origin origin() {
        HttpServletRequest request =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
        String client = request.getHeader("X-Forwarded-For");
        return new Origin(
                CurrentPrincipal.get().orElse(""),
                client == null ? request.getRemoteAddr() : client,
                request.getRequestURI());
    }

    /** @throws Forbidden unless all of {@code paths} may be changed */
    public void mustChange(Collection<AppPath> paths) {
        Rights rights = rights();
        if (!paths.stream().allMatch(rights::mayChange)) {
            throw new Forbidden();
        }
    }

    /** @throws Forbidden unless {@code path} may be seen */
    public void mustView(AppPath path) {
        if (!rights().mayView(path)) {
            throw new Forbidden();
        }
    }

    /** @throws Forbidden unless everything may be changed */
    public void mustRule() {
        if (!rights().mayAll()) {
            throw new Forbidden();
        }
    }
}
