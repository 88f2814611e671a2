package org.nucleus.machine;

import org.jspecify.annotations.Nullable;

/** Checks of what our own code promises; a failure is our bug and stops the process. Never for input from peers. */
public final class Invariant {
    private Invariant() {}

    public static void check(boolean holds, String what) {
        if (!holds) {
            throw new Violation(what);
        }
    }

    /** @param subject what the promise is about; its text is only made on failure */
    public static void check(boolean holds, String what, @Nullable Object subject) {
        if (!holds) {
            throw new Violation(what + ": " + subject);
        }
    }

    /** A promise of our own code was broken. */
    public static final class Violation extends RuntimeException {
        Violation(String message) {
            super(message);
        }
    }
}
