package org.nucleus.master.view;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Observer;
import org.nucleus.machine.Step;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Picture;

/**
 * An immutable picture of the cluster, taken between batches: at most every 100 ms, and only when somebody asks and
 * something has happened since; but who reads after an operator set something sees what was set. All who ask meanwhile share one. Belongs to one term.
 */
public final class ClusterView implements Observer<MasterInput, Change.Durable, Effect> {
    private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PictureSource source;
    private final AtomicReference<@Nullable CompletableFuture<Picture>> wanted = new AtomicReference<>();
    private volatile Taken taken = new Taken(Picture.empty(), System.nanoTime() - FRESH_NANOS);
    private volatile boolean stale = true;

    private record Taken(Picture picture, long at) {}

    public ClusterView(PictureSource source) {
        this.source = source;
    }

    /**
     * The cluster as it is now, or was 100 ms ago.
     *
     * @param look wakes the machine, so that it comes to the end of a batch
     * @throws TimeoutException if the machine doesn't come to the end of a batch in 10 s
     */
    public Picture picture(Runnable look) throws TimeoutException {
        Taken last = taken;
        if (!stale || System.nanoTime() - last.at() < FRESH_NANOS) {
            return last.picture();
        }
        CompletableFuture<Picture> mine = new CompletableFuture<>();
        CompletableFuture<Picture> shared = wanted.compareAndExchange(null, mine);
        if (shared == null) {
            look.run();
        }
        try {
            return (shared == null ? mine : shared).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("this master is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the picture could not be taken", e.getCause());
        } catch (TimeoutException e) {
            wanted.compareAndSet(shared == null ? mine : shared, null);
            throw e;
        }
    }

    @Override
    public void stepped(Instant now, MasterInput input, Step<Change.Durable, Effect> step) {
        if (!(input instanceof MasterInput.Look)) {
            stale = true;
        }
        if (input instanceof MasterInput.Order || input instanceof MasterInput.Operate) {
            taken = new Taken(taken.picture(), System.nanoTime() - FRESH_NANOS);
        }
    }

    @Override
    public void batchReleased() {
        CompletableFuture<Picture> asked = wanted.getAndSet(null);
        if (asked != null) {
            stale = false;
            Picture picture = source.picture();
            taken = new Taken(picture, System.nanoTime());
            asked.complete(picture);
        }
    }
}
