package org.nucleus.chronos.core.run;

import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;

/** Tells a job's owner what he asked to be told. Source: JobNotificationObserver.scala, for the subjects. */
public final class Notices {
    private final boolean anybodyListens;

    public Notices(ChronosSettings settings) {
        this.anybodyListens = settings.notifies();
    }

    public void raise(Notice.Kind kind, Job job, String message, Frame frame) {
        if (anybodyListens && job.spec().policy().notices().contains(kind)) {
            var at = Runs.stamp(frame);
            String id = kind + "|" + job.name() + "|" + at.toEpochMilli() + "|" + job.lastStamp();
            frame.record(new Change.NoticeRaised(
                    new Notice(id, at, kind, job.name(), job.spec().owner(), subject(kind, job.name()), message)));
        }
    }

    private static String subject(Notice.Kind kind, String job) {
        return switch (kind) {
            case FAILURE -> "job '" + job + "' failed!";
            case DISABLED -> "job '" + job + "' disabled";
            case DELETED -> "Your job '" + job + "' was deleted!";
            case SUCCESS -> "job '" + job + "' succeeded";
            case RECOVERY -> "job '" + job + "' succeeds again";
            case LATE -> "job '" + job + "' is late";
        };
    }
}
