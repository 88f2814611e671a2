package org.nucleus.master.core.state;

/** How a call ended, with the HTTP status that says so. */
public enum Outcome {
    OK(200),
    ACCEPTED(202),
    INVALID(400),
    FORBIDDEN(403),
    UNKNOWN(404),
    CONFLICT(409),
    UNSUPPORTED(501);

    private final int status;

    Outcome(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
