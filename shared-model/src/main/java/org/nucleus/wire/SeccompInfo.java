package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code SeccompInfo}. Source: v1/mesos.proto. */
public record SeccompInfo(
        @Nullable String profileName, @Nullable Boolean unconfined) {}
