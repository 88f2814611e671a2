package org.nucleus.agent.api.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.agent.executorlink.Encoding;

/**
 * How a stream is asked for and written: as records of one of the two encodings, whose media type stands in a header of
 * its own when the stream's is {@code application/recordio}. Source: slave/http.cpp, Http::api.
 */
record Framing(String contentType, Encoding messages) {
    static final String RECORDS = "application/recordio";
    static final String MESSAGE_CONTENT_TYPE = "Message-Content-Type";

    /** What a client that wants to read a stream accepts. */
    static Optional<Framing> accepted(@Nullable String accept, @Nullable String messageAccept) {
        if (accept != null && accept.contains(RECORDS)) {
            return Encoding.accepted(messageAccept).map(encoding -> new Framing(RECORDS, encoding));
        }
        return Encoding.accepted(accept).map(encoding -> new Framing(encoding.mediaType(), encoding));
    }
}
