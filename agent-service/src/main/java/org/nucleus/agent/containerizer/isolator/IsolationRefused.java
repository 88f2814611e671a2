package org.nucleus.agent.containerizer.isolator;

/** The isolation that was asked for is unknown, or this machine cannot give it. The message says what to do. */
public final class IsolationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IsolationRefused(String message) {
        super(message);
    }

    public IsolationRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
