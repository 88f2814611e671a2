package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code KillPolicy}. Source: v1/mesos.proto. */
public record KillPolicy(@Nullable DurationInfo gracePeriod) {}
