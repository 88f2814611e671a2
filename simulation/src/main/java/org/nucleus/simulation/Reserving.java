package org.nucleus.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.Conversion;
import org.nucleus.resources.InvalidResources;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.Resources;
import org.nucleus.wire.CommandInfo;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Persistence;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.TaskId;
import org.nucleus.wire.TaskInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/**
 * What a scheduler makes of offered resources before it launches anything: reservations and volumes, of which some are
 * used at once by a task, and their undoing. Now and then what can't be done.
 */
final class Reserving {
    private static final long DISK = 10_000;
    private static final long CPUS = 500;
    private static final long MEM = 64_000;

    private final Lot lot;
    private final String prefix;
    private int made;

    Reserving(Lot lot, String prefix) {
        this.lot = lot;
        this.prefix = prefix;
    }

    /** Operations on offers of one agent and role, to be done in order; none for offers of no role in particular. */
    List<Operation> of(List<Offer> offers) {
        Resource.AllocationInfo allocation = offers.getFirst().allocationInfo();
        String role = allocation == null ? null : allocation.role();
        if (role == null || role.equals("*") || lot.chance(0.5)) {
            return List.of();
        }
        Resources left = Resources.none();
        for (Offer offer : offers) {
            left = left.plus(Resources.of(offer.resources()).unallocated());
        }
        List<Operation> operations = new ArrayList<>();
        int steps = lot.between(1, 4);
        for (int i = 0; i < steps; i++) {
            Operation operation = next(left, role).orElse(null);
            if (operation != null) {
                operations.add(operation);
                left = after(operation, left);
            }
        }
        if (lot.chance(0.4)) {
            task(left, role, offers.getFirst()).ifPresent(operations::add);
        }
        return operations;
    }

    private Optional<Operation> next(Resources left, String role) {
        return switch (lot.below(6)) {
            case 0, 1 -> Optional.of(reserve(role));
            case 2, 3 -> Optional.of(create(role));
            case 4 ->
                any(left.persistentVolumes())
                        .map(volume -> Operation.builder()
                                .type(Operation.Type.DESTROY)
                                .destroy(new Operation.Destroy(List.of(volume))))
                        .map(this::perhapsWithFeedback);
            default ->
                any(left.reservedTo(role).checkpointed())
                        .map(reserved -> Operation.builder()
                                .type(Operation.Type.UNRESERVE)
                                .unreserve(new Operation.Unreserve(List.of(reserved))))
                        .map(this::perhapsWithFeedback);
        };
    }

    private Operation reserve(String role) {
        List<Resource> resources =
                List.of(reserved("cpus", CPUS, role), reserved("mem", MEM, role), reserved("disk", DISK, role));
        return perhapsWithFeedback(
                Operation.builder().type(Operation.Type.RESERVE).reserve(new Operation.Reserve(List.of(), resources)));
    }

    private Operation create(String role) {
        Volume volume =
                Volume.builder().mode(Volume.Mode.RW).containerPath("data").build();
        Resource disk = reserved("disk", DISK, role).toBuilder()
                .disk(new DiskInfo(new Persistence(prefix + ".v" + made++, null), volume, null))
                .build();
        return perhapsWithFeedback(
                Operation.builder().type(Operation.Type.CREATE).create(new Operation.Create(List.of(disk))));
    }

    private Operation perhapsWithFeedback(Operation.Builder operation) {
        return operation
                .id(lot.chance(0.3) ? new OperationId(prefix + ".o" + made++) : null)
                .build();
    }

    /** On what is reserved, with a volume if there is one. */
    private Optional<Operation> task(Resources left, String role, Offer offer) {
        List<Resource> needed = new ArrayList<>(List.of(reserved("cpus", CPUS, role), reserved("mem", MEM, role)));
        any(left.persistentVolumes()).ifPresent(needed::add);
        TaskInfo task = TaskInfo.builder()
                .name("work")
                .taskId(new TaskId(prefix + ".r" + made++))
                .agentId(offer.agentId())
                .resources(needed)
                .command(CommandInfo.builder().value("true").build())
                .build();
        return Optional.of(Operation.builder()
                .type(Operation.Type.LAUNCH)
                .launch(new Operation.Launch(List.of(task)))
                .build());
    }

    private Optional<Resource> any(Resources resources) {
        List<Resource> all = resources.toList(Reservations.Form.REFINED);
        return all.isEmpty() ? Optional.empty() : Optional.of(lot.oneOf(all));
    }

    /** What the master will make of it; what can't be done changes nothing. */
    private static Resources after(Operation operation, Resources left) {
        @Nullable Resources next;
        try {
            next = Conversion.of(operation)
                    .flatMap(conversion -> conversion.applyTo(left))
                    .orElse(null);
        } catch (InvalidResources e) {
            return left; // it is refused
        }
        return next == null ? left : next;
    }

    private static Resource reserved(String name, long thousandths, String role) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(thousandths / 1000.0))
                .reservations(List.of(new ReservationInfo(ReservationInfo.Type.DYNAMIC, role, null, null)))
                .build();
    }
}
