package org.nucleus.access;

import java.io.IOException;

/** A server knows no such principal, or not by this secret: trying again won't help until either side's credentials change. */
public final class LoginRefused extends IOException {
    LoginRefused(String message) {
        super(message);
    }
}
