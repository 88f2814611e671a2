package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code google.protobuf.Duration}, whose name here would hide Java's. Source: google/protobuf/duration.proto. */
public record ProtobufDuration(
        @Nullable Long seconds, @Nullable Integer nanos) {}
