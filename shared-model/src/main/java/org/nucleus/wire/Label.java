package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Label}. Source: v1/mesos.proto. */
public record Label(String key, @Nullable String value) {}
