package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ContainerStatus}. Source: v1/mesos.proto. */
public record ContainerStatus(
        @Nullable ContainerId containerId,
        List<NetworkInfo> networkInfos,
        @Nullable CgroupInfo cgroupInfo,
        @Nullable Integer executorPid) {
    public ContainerStatus {
        networkInfos = List.copyOf(networkInfos);
    }
}
