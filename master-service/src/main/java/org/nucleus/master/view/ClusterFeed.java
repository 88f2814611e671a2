package org.nucleus.master.view;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;

/**
 * Tells readers what happens in the cluster, each from the picture that it begins with: nothing is missing between the
 * two, and nothing is told twice. Derived from stored changes, so nothing is told that a failover could take back but
 * for the newest states of tasks. Belongs to one term; costs nothing while nobody reads.
 */
public final class ClusterFeed implements Observer<MasterInput, Change.Durable, Effect> {
    /** The oldest reader beyond it is dropped. Source: master/constants.hpp, DEFAULT_MAX_OPERATOR_EVENT_STREAM_SUBSCRIBERS. */
    private static final int READERS_MOST = 1_000;

    private final PictureSource source;
    private final Queue<Reader> arriving = new ConcurrentLinkedQueue<>();
    /** Touched by the writer's thread alone, as is {@code known}. */
    private final ArrayDeque<Reader> readers = new ArrayDeque<>();

    private @Nullable KnownCluster known;
    private volatile int count;

    /** Somebody who reads the feed. Called on the writer's thread, which must not be held up. */
    public interface Reader {
        /** The cluster before the first news. */
        void begin(Picture picture);

        void hear(ClusterNews news);

        boolean isOpen();

        /** There are too many readers, and this is the oldest. */
        void drop();
    }

    public ClusterFeed(PictureSource source) {
        this.source = source;
    }

    /** Lets {@code reader} begin at the end of the machine's next batch. */
    public void add(Reader reader) {
        arriving.add(reader);
    }

    public int count() {
        return count;
    }

    @Override
    public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
        KnownCluster cluster = known;
        if (cluster != null) {
            for (ClusterNews news : cluster.learn(input, step)) {
                readers.forEach(reader -> reader.hear(news));
            }
        }
    }

    @Override
    public void batchReleased() {
        if (readers.isEmpty() && arriving.isEmpty()) {
            return;
        }
        readers.removeIf(reader -> !reader.isOpen());
        if (!arriving.isEmpty()) {
            welcome(source.picture());
        }
        while (readers.size() > READERS_MOST) {
            readers.removeFirst().drop();
        }
        if (readers.isEmpty()) {
            known = null;
        }
        count = readers.size();
    }

    private void welcome(Picture picture) {
        if (known == null) {
            known = new KnownCluster(picture);
        }
        for (Reader reader = arriving.poll(); reader != null; reader = arriving.poll()) {
            reader.begin(picture);
            readers.add(reader);
        }
    }
}
