package org.nucleus.chronos.core.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nucleus.chronos.core.overlap.Overlaps;
import org.nucleus.chronos.core.state.ChronosSettings;
import org.nucleus.chronos.core.state.Frame;
import org.nucleus.chronos.core.state.Job;
import org.nucleus.chronos.core.state.Run;

/** Which waiting runs may be launched now, were there an offer: what else each of them waits for. Lives for one step. */
final class Places {
    private final int ownerLimit;
    private final Frame frame;
    private final Map<String, Integer> byOwner = new LinkedHashMap<>();

    Places(ChronosSettings settings, Frame frame) {
        this.ownerLimit = settings.ownerLimit();
        this.frame = frame;
        if (ownerLimit > 0) {
            frame.state().launched().forEach(run -> taken(job(run)));
        }
    }

    static boolean anyWaits(ChronosSettings settings, Frame frame) {
        Places places = new Places(settings, frame);
        return frame.state().queued().anyMatch(places::open);
    }

    boolean open(Run run) {
        Job job = job(run);
        return !Overlaps.held(run, job, frame) && !ownerIsFull(job);
    }

    /** A run of the job has been launched. */
    void taken(Job job) {
        if (ownerLimit > 0 && !job.spec().owner().isEmpty()) {
            byOwner.merge(job.spec().owner(), 1, Integer::sum);
        }
    }

    private boolean ownerIsFull(Job job) {
        return ownerLimit > 0 && byOwner.getOrDefault(job.spec().owner(), 0) >= ownerLimit;
    }

    private Job job(Run run) {
        return frame.state().job(run.job()).orElseThrow();
    }
}
