package org.nucleus.agent.containerizer;

/** How a container ended. An exit with status 137 and a death by SIGKILL are different things. */
public sealed interface Termination {
    /** The command exited with {@code status}, 0 to 255. */
    record Exited(int status) implements Termination {}

    /** A signal ended the command. */
    record Signaled(int signal) implements Termination {}

    /** It ended, or never ran, and how is not known: {@code reason} says what is. */
    record Lost(String reason) implements Termination {}

    /** It was ended for using more than it may: {@code bytes} of {@code what}. */
    record Limited(Resource what, long bytes, String reason) implements Termination {}

    /** What a container may use too much of. */
    enum Resource {
        MEMORY,
        DISK
    }

    /** Whether it exited with status 0. */
    default boolean successful() {
        return this instanceof Exited(int status) && status == 0;
    }

    /** The sentence of the original's command executor: {@code Command exited with status 1}. */
    default String message() {
        return switch (this) {
            case Exited(int status) -> "Command exited with status " + status;
            case Signaled(int signal) -> "Command terminated with signal " + Signal.nameOf(signal);
            case Lost(String reason) -> reason;
            case Limited(var _, var _, String reason) -> reason;
        };
    }

    /** The status as {@code wait(2)} encodes it, for the wire's FAILURE event; -1 if not known. */
    default int waitStatus() {
        return switch (this) {
            case Exited(int status) -> status << 8;
            case Signaled(int signal) -> signal;
            case Limited _ -> Signal.KILL.number();
            case Lost _ -> -1;
        };
    }
}
