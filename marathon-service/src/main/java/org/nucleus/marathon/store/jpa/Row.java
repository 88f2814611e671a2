package org.nucleus.marathon.store.jpa;

/**
 * A stored noun under its natural key.
 *
 * @param <R> the row's own type
 */
interface Row<R> {
    String key();

    String body();

    /** Takes over everything but the key. */
    void become(R other);
}
