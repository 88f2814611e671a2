package org.nucleus.master.core.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import org.nucleus.access.Action;
import org.nucleus.machine.Ordered;
import org.nucleus.master.core.agent.Agents;
import org.nucleus.master.core.offer.Offers;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Answers;
import org.nucleus.master.core.state.Change;
import org.nucleus.master.core.state.Frame;
import org.nucleus.master.core.state.Machines;
import org.nucleus.master.core.state.MasterInput;
import org.nucleus.master.core.state.Policy;
import org.nucleus.wire.MachineId;
import org.nucleus.wire.Unavailability;
import org.nucleus.wire.master.Schedule;
import org.nucleus.wire.master.Window;

/**
 * Machines are up, draining once they are in the schedule, and down once an operator says so: no window begins by
 * itself. Source: master/http.cpp, updateMaintenanceSchedule, startMaintenance, stopMaintenance.
 */
public final class Maintenance {
    private final Offers offers;
    private final Agents agents;

    public Maintenance(Offers offers, Agents agents) {
        this.offers = offers;
        this.agents = agents;
    }

    /** Offers of agents whose window changes are taken back, and made again with the new one. */
    public void update(MasterInput.UpdateSchedule in, Frame frame) {
        if (!in.caller().grants().permits(Action.UPDATE_MAINTENANCE_SCHEDULES)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to update the maintenance schedule"));
            return;
        }
        Policy before = frame.state().policy();
        Optional<String> refusal = ScheduleRules.refusal(in.schedule(), before);
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(in.ticket(), refusal.get()));
            return;
        }
        frame.record(new Change.ScheduleSet(normal(in.schedule())));
        reofferWhereChanged(before, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    /** The agents of the machines end, and may not come back before the maintenance is over. */
    public void start(MasterInput.StartMaintenance in, Frame frame) {
        if (!in.caller().grants().permits(Action.START_MAINTENANCES)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to start maintenance"));
            return;
        }
        SequencedSet<MachineId> machines = normal(in.machines());
        SequencedSet<MachineId> scheduled = scheduled(frame.state().policy());
        SequencedSet<MachineId> down = frame.state().policy().down();
        Optional<String> refusal = ScheduleRules.refusal(in.machines())
                .or(() -> firstThat(machines, machine -> !scheduled.contains(machine))
                        .map(machine -> "Machine '" + machine + "' is not part of a maintenance schedule"))
                .or(() -> firstThat(machines, down::contains)
                        .map(machine ->
                                "Machine '" + machine + "' is not in DRAINING mode and cannot be brought down"));
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(in.ticket(), refusal.get()));
            return;
        }
        for (MachineId machine : machines) {
            frame.record(new Change.MachineTakenDown(machine));
            for (Agent agent : List.copyOf(frame.state().agents().all())) {
                if (Machines.is(machine, agent)) {
                    agents.takeDown(agent, "Operator initiated 'Machine DOWN'", frame);
                }
            }
        }
        frame.emit(Answers.ok(in.ticket()));
    }

    /** The machines are up again, and in no window any more. */
    public void stop(MasterInput.StopMaintenance in, Frame frame) {
        if (!in.caller().grants().permits(Action.STOP_MAINTENANCES)) {
            frame.emit(Answers.forbidden(in.ticket(), "Not authorized to stop maintenance"));
            return;
        }
        SequencedSet<MachineId> machines = normal(in.machines());
        SequencedSet<MachineId> down = frame.state().policy().down();
        Optional<String> refusal = ScheduleRules.refusal(in.machines())
                .or(() -> firstThat(machines, machine -> !down.contains(machine))
                        .map(machine -> "Machine '" + machine + "' is not in DOWN mode and cannot be brought up"));
        if (refusal.isPresent()) {
            frame.emit(Answers.invalid(in.ticket(), refusal.get()));
            return;
        }
        Policy before = frame.state().policy();
        machines.forEach(machine -> frame.record(new Change.MachineBroughtUp(machine)));
        frame.record(new Change.ScheduleSet(without(machines, before.schedule())));
        reofferWhereChanged(before, frame);
        frame.emit(Answers.ok(in.ticket()));
    }

    private void reofferWhereChanged(Policy before, Frame frame) {
        for (Agent agent : List.copyOf(frame.state().agents().all())) {
            Unavailability now = Machines.unavailability(agent, frame.state().policy());
            if (!Objects.equals(now, Machines.unavailability(agent, before))) {
                offers.rescindAllOn(agent.id(), frame);
                frame.allocate(agent.id());
            }
        }
    }

    /** Tests a machine. */
    private interface Test {
        boolean holds(MachineId machine);
    }

    private static Optional<String> firstThat(SequencedSet<MachineId> machines, Test test) {
        return machines.stream().filter(test::holds).findFirst().map(Machines::text);
    }

    private static SequencedSet<MachineId> scheduled(Policy policy) {
        return Ordered.setOf(policy.schedule().windows().stream()
                .flatMap(window -> window.machineIds().stream())
                .toList());
    }

    private static Schedule without(SequencedSet<MachineId> machines, Schedule schedule) {
        List<Window> windows = new ArrayList<>();
        for (Window window : schedule.windows()) {
            List<MachineId> left = window.machineIds().stream()
                    .filter(machine -> !machines.contains(machine))
                    .toList();
            if (!left.isEmpty()) {
                windows.add(new Window(left, window.unavailability()));
            }
        }
        return new Schedule(windows);
    }

    private static Schedule normal(Schedule schedule) {
        return new Schedule(schedule.windows().stream()
                .map(window -> new Window(List.copyOf(normal(window.machineIds())), window.unavailability()))
                .toList());
    }

    private static SequencedSet<MachineId> normal(List<MachineId> machines) {
        return Ordered.setOf(machines.stream().map(Machines::normal).toList());
    }
}
