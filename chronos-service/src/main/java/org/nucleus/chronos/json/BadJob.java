package org.nucleus.chronos.json;

/** A body that is no job; the message is one sentence for its sender. */
public final class BadJob extends RuntimeException {
    public BadJob(String message) {
        super(message);
    }
}
