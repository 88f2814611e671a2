package org.nucleus.chronos.api;

/** The caller's mistake: 400 with a sentence. The original answers so also for an unknown job. */
final class Refused extends RuntimeException {
    Refused(String message) {
        super(message);
    }
}
