package org.nucleus.agent.containerizer.docker;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.nucleus.agent.containerizer.Limits;
import org.nucleus.agent.containerizer.Signal;
import org.nucleus.agent.containerizer.Termination;
import tools.jackson.databind.JsonNode;

/**
 * A container as the engine describes it.
 *
 * @param status the engine's word: created, running, paused, restarting, removing, exited or dead
 * @param memoryBytes its limit; 0 for none
 * @param stopSignal what its image says ends it
 * @param finished when it ended; the epoch if it has not
 */
record Seen(
        String status,
        boolean oomKilled,
        int exitCode,
        long pid,
        long memoryBytes,
        String stopSignal,
        Instant finished) {
    private static final int SIGNALLED = 128;
    private static final long MIB = 1 << 20;

    static Seen of(JsonNode inspected) {
        JsonNode state = inspected.path("State");
        return new Seen(
                state.path("Status").asString(""),
                state.path("OOMKilled").asBoolean(false),
                state.path("ExitCode").asInt(0),
                state.path("Pid").asLong(0),
                inspected.path("HostConfig").path("Memory").asLong(0),
                inspected.path("Config").path("StopSignal").asString("SIGTERM"),
                instant(state.path("FinishedAt").asString("")));
    }

    boolean neverStarted() {
        return status.equals("created");
    }

    boolean runs() {
        return status.equals("running") || status.equals("paused") || status.equals("restarting");
    }

    /**
     * How it ended. The engine tells a death by a signal as the status a shell would show, and cannot tell them apart.
     * A container of which only a child was killed for its memory, and which went on, ended as it says.
     */
    Termination termination() {
        boolean killed = exitCode == SIGNALLED + Signal.KILL.number();
        if (oomKilled && killed) {
            return new Termination.Limited(
                    Termination.Resource.MEMORY,
                    memoryBytes == 0 ? Limits.UNLIMITED : memoryBytes,
                    "Memory limit exceeded: Requested: "
                            + (memoryBytes == 0 ? "no limit" : memoryBytes / MIB + "MB")
                            + "; the engine's kernel killed the container");
        }
        return exitCode < 0 || exitCode > 255
                ? new Termination.Lost("The engine gave " + exitCode + " as the container's exit status")
                : new Termination.Exited(exitCode);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH; // older engines leave it out
        }
    }
}
