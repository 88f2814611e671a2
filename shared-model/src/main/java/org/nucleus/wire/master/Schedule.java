package org.nucleus.wire.master;

import java.util.List;

/** {@code maintenance.Schedule}. Source: v1/maintenance/maintenance.proto. */
public record Schedule(List<Window> windows) {
    public Schedule {
        windows = List.copyOf(windows);
    }
}
