package org.nucleus.marathon.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that a task finds at {@code containerPath}. */
public sealed interface Volume {
    String containerPath();

    /** A directory of the agent. */
    record Host(String containerPath, String hostPath, boolean readOnly) implements Volume {}

    /**
     * A directory that outlives the task, on a reservation of its instance's own.
     *
     * @param size MiB
     * @param maxSize MiB at most, of disks that are taken whole; absent: any
     */
    record Persistent(
            String containerPath,
            DiskType type,
            long size,
            @Nullable Long maxSize,
            @Nullable String profileName,
            List<Constraint> constraints)
            implements Volume {
        public Persistent {
            constraints = List.copyOf(constraints);
        }
    }

    /** A file that holds a secret. */
    record Secret(String containerPath, String secret) implements Volume {}

    /** Which kind of disk. */
    enum DiskType {
        ROOT,
        PATH,
        MOUNT
    }
}
