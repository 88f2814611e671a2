package org.nucleus.chronos.core.state;

/** How a run ended. */
public enum Outcome {
    /** The task finished. */
    SUCCEEDED,
    /** The task failed or was refused. */
    FAILED,
    /** Its agent or the task itself got lost. */
    LOST,
    /** It was killed, or given up because its job was deleted. */
    KILLED,
    /** It never started: an earlier run of the job was still there, or the job was disabled meanwhile. */
    SKIPPED,
    /** It stands for firings that passed while no leader ran; the latest of them ran instead. */
    MISSED
}
