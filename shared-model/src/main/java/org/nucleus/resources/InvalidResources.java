package org.nucleus.resources;

/** Resources that break a rule of the protocol, or text that describes none; the message names the offending part. */
public final class InvalidResources extends RuntimeException {
    public InvalidResources(String message) {
        super(message);
    }

    public InvalidResources(String message, Throwable cause) {
        super(message, cause);
    }
}
