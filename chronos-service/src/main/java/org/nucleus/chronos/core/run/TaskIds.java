package org.nucleus.chronos.core.run;

import java.util.regex.Pattern;
import org.nucleus.chronos.core.state.Change;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.wire.TaskId;

/**
 * The ids of tasks, {@code ct:<millis>:<attempt>:<job>:<arguments>}: log pipelines take them apart.
 * Source: TaskUtils.scala, getTaskId.
 */
final class TaskIds {
    private static final Pattern FORBIDDEN = Pattern.compile("[/\\\\\\p{Cntrl}]");
    private static final int LONGEST = 255;

    private TaskIds() {}

    /** An id that no task of {@code job} ever had; its milliseconds are now, or later if that is needed to be new. */
    static TaskId fresh(String job, int attempt, String arguments, Frame frame) {
        long now = frame.now().toEpochMilli();
        long stamp = frame.state()
                .job(job)
                .map(Job::lastStamp)
                .map(last -> Math.max(now, last + 1))
                .orElse(now);
        frame.state().job(job).ifPresent(known -> frame.record(new Change.JobStored(known.withLastStamp(stamp))));
        return of(stamp, attempt, job, arguments);
    }

    /**
     * Semicolons are taken out of the arguments as the original does; what no task id may hold becomes an
     * underscore.
     */
    static TaskId of(long stamp, int attempt, String job, String arguments) {
        String safe = FORBIDDEN.matcher(arguments.replace(";", "")).replaceAll("_");
        String id = "ct:" + stamp + ":" + attempt + ":" + job + ":" + safe;
        return new TaskId(id.length() > LONGEST ? id.substring(0, LONGEST) : id);
    }
}
