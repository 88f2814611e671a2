package org.nucleus.chronos.store;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosInput;
import org.nucleus.chronos.core.state.Notice;
import org.nucleus.chronos.core.state.Run;
import org.nucleus.wire.TaskId;

/** The durable memory of Chronos, written in the latest leader's term alone. */
public interface ChronosStore {
    /** Begins a new term; commits of earlier ones fail from now on. */
    long elected();

    /** Everything that a new leader needs to know. */
    ChronosInput.Elected recover();

    /**
     * Stores all of {@code changes} or none; storing them again is harmless.
     *
     * @throws org.nucleus.machine.Journal.Deposed if a later term has begun
     * @throws org.nucleus.machine.Journal.Unavailable if the store can't be reached now
     */
    void commit(long term, List<Change.Durable> changes);

    /** The latest runs of a job, latest first. */
    List<Run> runs(String job, int most);

    /** The runs that were looked for, latest first. */
    List<Run> runs(RunSearch search);

    /** The run whose latest task this is or was. */
    Optional<Run> run(TaskId task);

    /** The oldest notices that have not been delivered. */
    List<Notice> notices(int most);

    /**
     * Forgets a notice that has been delivered.
     *
     * @throws org.nucleus.machine.Journal.Deposed if a later term has begun, whose leader may deliver it again
     */
    void delivered(long term, Notice notice);

    /** How long the latest successful runs of a job took, in milliseconds. */
    long[] durations(String job);

    /** The same for all jobs that have any. */
    SequencedMap<String, long[]> durations();
}
