package org.nucleus.agent.containerizer.docker;

import java.io.IOException;

/** The engine answered, and did not do what it was asked. The message is the engine's own. */
final class EngineRefused extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SERVER_ERROR = 500;

    private final int status;

    EngineRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** What was asked for is the case already. */
    boolean isSo() {
        return status == NOT_MODIFIED;
    }

    boolean isAbsent() {
        return status == NOT_FOUND;
    }

    boolean isConflict() {
        return status == CONFLICT;
    }

    /** The engine's trouble, which may pass, and not the asker's mistake. */
    boolean isServerError() {
        return status >= SERVER_ERROR;
    }
}
