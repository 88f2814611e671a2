package org.nucleus.driver;

/** This process and those it started. */
public final class ProcessTree {
    /** As a shell reports a process that was killed by SIGKILL. */
    private static final int KILLED = 137;

    private ProcessTree() {}

    /** Kills all of it, without a chance to refuse. */
    public static void kill() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(KILLED);
    }
}
