package org.nucleus.chronos.core.state;

/** Why a run exists. */
public enum Cause {
    /** Its schedule was due. */
    SCHEDULE,
    /** All parents have succeeded. */
    PARENTS,
    /** Somebody asked for it. */
    MANUAL
}
