package org.nucleus.master.core.maintenance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.Policy;
import org.nucleus.wire.DurationInfo;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.master.Window;

/** What a maintenance schedule must look like. Source: master/maintenance.cpp, maintenance::validation. */
final class ScheduleRules {
    private ScheduleRules() {}

    /** Why this can't be the schedule; empty if it can. */
    static Optional<String> refusal(Schedule schedule, Policy policy) {
        SequencedSet<MachineId> seen = new LinkedHashSet<>();
        for (Window window : schedule.windows()) {
            Optional<String> fault = fault(window, seen);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return policy.down().stream()
                .filter(machine -> !seen.contains(machine))
                .findFirst()
                .map(machine -> "Machine '" + Machines.text(machine)
                        + "' is deactivated and cannot be removed from the schedule");
    }

    private static Optional<String> fault(Window window, SequencedSet<MachineId> seen) {
        if (window.machineIds().isEmpty()) {
            return Optional.of("List of machines in the maintenance window is empty");
        }
        DurationInfo duration = window.unavailability().duration();
        if (duration != null && duration.nanoseconds() < 0) {
            return Optional.of("Unavailability 'duration' is negative");
        }
        for (MachineId machine : window.machineIds()) {
            Optional<String> fault = fault(machine);
            if (fault.isPresent()) {
                return fault;
            }
            if (!seen.add(Machines.normal(machine))) {
                return Optional.of("Machine '" + Machines.text(machine) + "' appears more than once in the schedule");
            }
        }
        return Optional.empty();
    }

    /** Why these machines can't be named in a call; empty if they can. */
    static Optional<String> refusal(List<MachineId> machines) {
        if (machines.isEmpty()) {
            return Optional.of("List of machines is empty");
        }
        SequencedSet<MachineId> seen = new LinkedHashSet<>();
        for (MachineId machine : machines) {
            Optional<String> fault = fault(machine);
            if (fault.isPresent()) {
                return fault;
            }
            if (!seen.add(Machines.normal(machine))) {
                return Optional.of("Machine '" + Machines.text(machine) + "' appears more than once in the list");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(MachineId machine) {
        MachineId normal = Machines.normal(machine);
        return normal.hostname() == null && normal.ip() == null
                ? Optional.of("Both 'hostname' and 'ip' for a machine are empty")
                : Optional.empty();
    }
}
