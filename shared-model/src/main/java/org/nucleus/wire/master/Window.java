package org.nucleus.wire.master;

import java.util.List;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.Unavailability;

/** {@code maintenance.Window}. Source: v1/maintenance/maintenance.proto. */
public record Window(List<MachineId> machineIds, Unavailability unavailability) {
    public Window {
        machineIds = List.copyOf(machineIds);
    }
}
