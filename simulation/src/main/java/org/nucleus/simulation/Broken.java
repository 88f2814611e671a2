package org.nucleus.simulation;

/** A world found a promise broken. */
public final class Broken extends RuntimeException {
    Broken(String what) {
        super(what);
    }

    Broken(String what, Throwable cause) {
        super(what, cause);
    }

    static void unless(boolean holds, String what, Object... subjects) {
        if (!holds) {
            StringBuilder text = new StringBuilder(what);
            for (Object subject : subjects) {
                text.append(" | ").append(subject);
            }
            throw new Broken(text.toString());
        }
    }
}
