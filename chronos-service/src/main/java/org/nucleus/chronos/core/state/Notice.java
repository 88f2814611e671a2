package org.nucleus.chronos.core.state;

import java.time.Instant;
import java.util.List;
import java.util.SequencedSet;
import org.nucleus.machine.Ordered;

/**
 * Something that the owner of a job is told. Stored with what it tells of, and kept until it is delivered.
 *
 * @param id the same for the same occasion, so that nothing is told twice
 * @param owner as the job has it: mail addresses, comma-separated
 */
public record Notice(String id, Instant at, Kind kind, String job, String owner, String subject, String message) {

    /** On which occasions. */
    public enum Kind {
        /** A run failed for good. */
        FAILURE,
        /** The job was disabled, by its failures or because its recurrences are used up. */
        DISABLED,
        /** The job was deleted. */
        DELETED,
        /** A run succeeded. */
        SUCCESS,
        /** A run succeeded after one that had not. */
        RECOVERY,
        /** A run began too late, or not at all. */
        LATE
    }

    /** What the original tells of. Source: JobNotificationObserver.scala. */
    public static final SequencedSet<Kind> USUAL = Ordered.setOf(List.of(Kind.FAILURE, Kind.DISABLED, Kind.DELETED));
}
