package org.nucleus.wire.master;

import java.util.List;
import org.nucleus.wire.MachineId;

/** {@code maintenance.ClusterStatus}. Source: v1/maintenance/maintenance.proto. */
public record ClusterStatus(List<ClusterStatus.DrainingMachine> drainingMachines, List<MachineId> downMachines) {
    public ClusterStatus {
        drainingMachines = List.copyOf(drainingMachines);
        downMachines = List.copyOf(downMachines);
    }

    /** {@code maintenance.ClusterStatus.DrainingMachine}. Source: v1/maintenance/maintenance.proto. */
    public record DrainingMachine(MachineId id, List<InverseOfferStatus> statuses) {
        public DrainingMachine {
            statuses = List.copyOf(statuses);
        }
    }
}
