package org.nucleus.master.election;

import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.view.ClusterFeed;
import org.nucleus.master.view.ClusterView;
import org.nucleus.wire.MasterInfo;

/**
 * A term of this master as the leader, for as long as it lasts.
 *
 * @param end stops the machine; the term is over for good
 */
public record MasterTerm(MasterInfo info, long epoch, Instant electedAt, Mailbox mailbox, Views views, Runnable end) {
    /** How a term is seen by those who read. */
    public record Views(ClusterView view, ClusterFeed feed) {}

    /**
     * The cluster as it is now, or was 100 ms ago.
     *
     * @throws TimeoutException if the machine is too busy to be looked at
     */
    public Picture picture() throws TimeoutException {
        return views.view().picture(() -> mailbox.offer(new MasterInput.Look()));
    }

    /** Lets {@code reader} follow what happens in the cluster; false if the machine is too busy or has ended. */
    public boolean watch(ClusterFeed.Reader reader) {
        views.feed().add(reader);
        return mailbox.offer(new MasterInput.Look());
    }
}
