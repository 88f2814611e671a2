package org.nucleus.wire;

import java.util.List;

/** {@code TaskGroupInfo}. Source: v1/mesos.proto. */
public record TaskGroupInfo(List<TaskInfo> tasks) {
    public TaskGroupInfo {
        tasks = List.copyOf(tasks);
    }
}
