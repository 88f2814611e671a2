package org.nucleus.agent.core.state;

/** How a container's command ended. */
public sealed interface Ending {
    record Exited(int status) implements Ending {}

    /** @param name the signal as people read it, such as {@code Killed} */
    record Signaled(int signal, String name) implements Ending {}

    /** It ended and left no status. */
    record Lost(String reason) implements Ending {}

    /** It was ended for using more than it may: {@code bytes} of {@code what}. */
    record Limited(Resource what, long bytes, String reason) implements Ending {}

    /** What a task may use too much of. */
    enum Resource {
        MEMORY,
        DISK
    }

    default boolean successful() {
        return this instanceof Exited(int status) && status == 0;
    }

    /** The message of the status update. Source: launcher/executor.cpp, CommandExecutor::reaped. */
    default String message() {
        return switch (this) {
            case Exited(int status) -> "Command exited with status " + status;
            case Signaled(var _, String name) -> "Command terminated with signal " + name;
            case Limited(var _, var _, String reason) -> reason;
            case Lost(String reason) -> "Failed to get exit status for Command: " + reason;
        };
    }
}
