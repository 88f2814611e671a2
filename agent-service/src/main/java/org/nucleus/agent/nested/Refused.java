package org.nucleus.agent.nested;

/** A call about a container that cannot be followed; the message is for who called. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of the HTTP answer */
    public Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    static Refused notFound(String container) {
        return new Refused(404, "Container " + container + " cannot be found");
    }
}
