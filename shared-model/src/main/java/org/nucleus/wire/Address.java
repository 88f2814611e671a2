package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Address}. Source: v1/mesos.proto. */
public record Address(@Nullable String hostname, @Nullable String ip, int port) {}
