package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code MachineID}. Source: v1/mesos.proto. */
public record MachineId(@Nullable String hostname, @Nullable String ip) {}
