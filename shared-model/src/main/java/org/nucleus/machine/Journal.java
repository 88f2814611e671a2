package org.nucleus.machine;

import java.util.List;

/** Where durable changes go. One writer calls it, from one thread. */
public interface Journal<C> {
    /**
     * Stores all of {@code changes} or none, and returns once they would survive a crash. Storing them again is harmless.
     *
     * @throws Deposed if a later leader owns the store
     * @throws Unavailable if the store can't be reached now; the same changes may be tried again
     */
    void commit(List<C> changes);

    /** Another leader has taken over: whoever hears this must stop, for nothing it does can count any more. */
    final class Deposed extends RuntimeException {
        public Deposed(String message) {
            super(message);
        }
    }

    /** The store could not be reached or refused for a reason that may pass. */
    final class Unavailable extends RuntimeException {
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
