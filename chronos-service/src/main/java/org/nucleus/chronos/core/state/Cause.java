package org.nucleus.chronos.core.state;

/** Why a run exists. */
public enum Cause {
    /** Its schedule was due. */
    SCHEDULE,
    /** Its parents ended as its trigger wants. */
    PARENTS,
    /** Somebody asked for it. */
    MANUAL,
    /** Somebody asked for the firings of a time that is over. */
    BACKFILL
}
