package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code DrainConfig}. Source: v1/mesos.proto. */
public record DrainConfig(@Nullable DurationInfo maxGracePeriod, boolean markGone) {}
