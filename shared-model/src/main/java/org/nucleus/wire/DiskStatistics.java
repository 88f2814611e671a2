package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code DiskStatistics}. Source: v1/mesos.proto. */
public record DiskStatistics(
        Resource.DiskInfo.@Nullable Source source,
        Resource.DiskInfo.@Nullable Persistence persistence,
        @Nullable Long limitBytes,
        @Nullable Long usedBytes) {}
