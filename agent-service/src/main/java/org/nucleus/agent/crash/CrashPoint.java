package org.nucleus.agent.crash;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moments between two writes to disk that belong together: if the agent's process ends at one of them, the next one
 * must find its way. Whoever writes something that a later process reads adds a point here; a test ends an agent at
 * every one of them, and looks after the next.
 *
 * <p>With the system property {@code nucleus.agent.crash} set to {@code NAME:3} the process ends, as if killed, when it
 * comes to that point for the third time. Without it, nothing happens.
 */
public enum CrashPoint {
    /** A commit was decided; nothing of it is written. */
    COMMIT_BEGUN,
    /** A part of a commit's line is in the journal's file. */
    COMMIT_TORN,
    /** A commit is on disk, and none of its effects has left. */
    COMMIT_DONE,
    /** The shorter journal is written, beside the one that counts. */
    COMPACTION_WRITTEN,
    /** The shorter journal is in the place of the longer. */
    COMPACTION_MOVED,
    /** The agent's identity is written for people, and not linked as the latest. */
    IDENTITY_WRITTEN,
    /** What the agent says of itself is written, beside what counts. */
    FACTS_WRITTEN,
    /** A sandbox is there, without what is to be fetched into it. */
    SANDBOX_MADE,
    /** What is fetched came, and is not in its place. */
    FETCH_DOWNLOADED,
    /** All is fetched; no trace of the container is stored. */
    SANDBOX_PREPARED,
    /** A container's directory is there, with its command and without its specification. */
    CONTAINER_NAMED,
    /** All that is stored of a container is there; its supervisor is not. */
    CONTAINER_SPECIFIED,
    /** A container's command runs, and nobody was told. */
    CONTAINER_STARTED,
    /** A container's command has ended, and nobody was told. */
    CONTAINER_ENDED,
    /** A container was signalled. */
    CONTAINER_SIGNALLED,
    /** A part of an ended container's files is deleted. */
    CONTAINER_FORGOTTEN,
    /** A sandbox was made the latest of its executor. */
    SANDBOX_SHOWN;

    /** How the process ends: as a shell tells of a process that was killed. */
    public static final int STATUS = 137;

    private final int due = due(System.getProperty("nucleus.agent.crash", ""), name());
    private final AtomicInteger times = new AtomicInteger();

    /** The process is there. It ends, if that is its time. */
    public void reached() {
        if (due > 0 && times.incrementAndGet() == due) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /** How often {@code name} is to be reached before the end, by {@code plan}; 0 for any number of times. */
    static int due(String plan, String name) {
        int colon = plan.indexOf(':');
        return colon >= 0 && plan.substring(0, colon).equals(name) ? Integer.parseInt(plan.substring(colon + 1)) : 0;
    }
}
