package org.nucleus.access;

/** Credentials or ACLs that cannot be read; the message names the offending part and never a secret. */
public final class InvalidAccessRules extends RuntimeException {
    public InvalidAccessRules(String message) {
        super(message);
    }

    public InvalidAccessRules(String message, Throwable cause) {
        super(message, cause);
    }
}
