package org.nucleus.marathon.core.state;

/** What Marathon wants of an instance. */
public enum Goal {
    RUNNING,
    /** Killed if it still runs, then kept: its data is there when it is wanted again. */
    STOPPED,
    /** Killed if it still runs, then forgotten. Final. */
    DECOMMISSIONED
}
