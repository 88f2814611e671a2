package org.nucleus.service.flags;

/** A flag that is unknown, malformed or missing; the message is one sentence for the person who starts the service. */
public final class FlagsException extends RuntimeException {
    public FlagsException(String message) {
        super(message);
    }
}
