package org.nucleus.marathon.api.events;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.AppPath;
import org.nucleus.marathon.store.StoredEvent;
import org.nucleus.service.stream.EventStream;

/**
 * One who listens. Who asks for what was missed gets that first: what happens meanwhile is held back, so that each event
 * comes once and in order.
 */
final class Listener {
    private final EventStream stream;
    private final Wish wish;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable List<Held> held;

    private record Held(long id, byte[] frame) {}

    /**
     * What somebody wants to hear.
     *
     * @param types all if empty
     * @param apps all if empty; a group stands for all below it
     */
    record Wish(Set<String> types, List<AppPath> apps) {
        boolean covers(String type, List<AppPath> concerned) {
            return (types.isEmpty() || types.contains(type))
                    && (apps.isEmpty() || concerned.stream().anyMatch(this::covers));
        }

        private boolean covers(AppPath app) {
            return apps.stream().anyMatch(wanted -> app.equals(wanted) || app.isBelow(wanted));
        }
    }

    /** @param catchesUp whether {@link #caughtUp} will be called */
    Listener(EventStream stream, Wish wish, boolean catchesUp) {
        this.stream = stream;
        this.wish = wish;
        this.held = catchesUp ? new ArrayList<>() : null;
    }

    EventStream stream() {
        return stream;
    }

    Wish wish() {
        return wish;
    }

    void offer(byte[] frame) {
        stream.offer(frame);
    }

    void offer(long id, byte[] frame) {
        lock.lock();
        try {
            if (held == null) {
                stream.offer(frame);
            } else {
                held.add(new Held(id, frame));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives out {@code missed} as one frame, then what came meanwhile. */
    void caughtUp(List<StoredEvent> missed) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long last = 0;
        for (StoredEvent event : missed) {
            last = event.id();
            if (wish.covers(event.type(), event.apps())) {
                all.writeBytes(EventHub.frame(event.id(), event.type(), event.json()));
            }
        }
        lock.lock();
        try {
            stream.offer(all.toByteArray());
            for (Held one : held == null ? List.<Held>of() : held) {
                if (one.id() > last) {
                    stream.offer(one.frame());
                }
            }
            held = null;
        } finally {
            lock.unlock();
        }
    }
}
