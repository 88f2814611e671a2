package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code Flag}. Source: v1/mesos.proto. */
public record Flag(String name, @Nullable String value) {}
