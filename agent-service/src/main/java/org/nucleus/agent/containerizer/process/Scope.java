package org.nucleus.agent.containerizer.process;

import org.nucleus.agent.containerizer.namespace.Sight;

/** The part of the machine that a container sees. */
sealed interface Scope {
    /** All of it, as the agent does. */
    record Machine() implements Scope {}

    /** Files of its own, and processes of its own if {@code pids}. */
    record Own(Sight sight, boolean pids) implements Scope {}

    /** What the process {@code pid} sees, which is one of the container around it, and volumes of its own. */
    record Joined(long pid, Sight sight) implements Scope {}

    /** As the supervisor's script calls the processes it sees. */
    default String word() {
        return switch (this) {
            case Machine _ -> "machine";
            case Own(var _, boolean pids) -> pids ? "own" : "machine";
            case Joined _ -> "joined";
        };
    }
}
