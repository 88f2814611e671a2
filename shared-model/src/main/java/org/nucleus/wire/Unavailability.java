package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Unavailability}. Source: v1/mesos.proto. */
public record Unavailability(TimeInfo start, @Nullable DurationInfo duration) {}
