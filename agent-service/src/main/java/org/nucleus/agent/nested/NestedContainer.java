package org.nucleus.agent.nested;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.ContainerId;

/**
 * A container that was started through the API.
 *
 * @param user whom it runs as
 * @param session its streams, if it is one to attach to
 */
public record NestedContainer(
        ContainerId id, String user, Path sandbox, @Nullable Session session) {
    /** Whether it stands alone: it is inside no other. */
    public boolean isStandalone() {
        return id.parent() == null;
    }

    public Optional<Session> attachable() {
        return Optional.ofNullable(session);
    }
}
