package org.nucleus.chronos.notice;

import java.io.IOException;
import java.util.Optional;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Notice;

/** One way to tell somebody something. */
public interface Channel {
    /** For logs and metrics. */
    String name();

    /**
     * Delivers a notice; returns once the other side has taken it.
     *
     * @param subject the notice's, with the cluster before it
     * @param job what it is about, if it is still there
     * @throws IOException if it may not have been taken: it is tried again
     */
    void deliver(Notice notice, String subject, Optional<Job> job) throws IOException, InterruptedException;
}
