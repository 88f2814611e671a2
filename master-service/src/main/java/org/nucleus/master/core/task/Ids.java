package org.nucleus.master.core.task;

import java.util.Optional;

/** What the ids that frameworks choose must look like. Source: common/validation.cpp, validateID. */
public final class Ids {
    private static final int LONGEST = 255;

    private Ids() {}

    /** Why {@code id} may not be an id; empty if it may. */
    public static Optional<String> refusal(String id) {
        if (id.isEmpty()) {
            return Optional.of("ID must not be empty");
        }
        if (id.length() > LONGEST) {
            return Optional.of("ID must not be greater than " + LONGEST + " characters");
        }
        if (id.equals(".") || id.equals("..")) {
            return Optional.of("'" + id + "' is disallowed");
        }
        if (id.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\')) {
            return Optional.of("'" + id + "' contains invalid characters");
        }
        return Optional.empty();
    }
}
