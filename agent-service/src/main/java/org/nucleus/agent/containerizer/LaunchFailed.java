package org.nucleus.agent.containerizer;

/** A container could not be started. The message is for people, and goes into the task's status update. */
public final class LaunchFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public LaunchFailed(String message) {
        super(message);
    }

    public LaunchFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
