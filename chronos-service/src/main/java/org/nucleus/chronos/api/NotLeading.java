package org.nucleus.chronos.api;

/** This server does not lead, or its core cannot answer: 503, try again. */
final class NotLeading extends RuntimeException {
    NotLeading(String message) {
        super(message);
    }
}
