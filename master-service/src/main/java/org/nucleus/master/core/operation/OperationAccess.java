package org.nucleus.master.core.operation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nucleus.access.Grants;
import org.nucleus.resources.Reservations;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;

/**
 * Who may reserve for which role, unreserve whose reservations, and so on. Source: master.cpp,
 * Master::authorizeReserveResources and its like.
 */
final class OperationAccess {
    private OperationAccess() {}

    /** Why the asker may not do this; empty if it may. */
    static Optional<String> refusal(Operation operation, Asker asker) {
        Grants grants = asker.grants();
        var reserve = operation.reserve();
        if (reserve != null) {
            boolean may = all(reserve.resources(), resource -> grants.mayReserveFor(role(resource)))
                    && all(
                            reserve.source(),
                            source -> !ReservationRules.isDynamic(source) || grants.mayUnreserve(reserver(source)));
            return verdict(may, "reserve resources", asker);
        }
        var unreserve = operation.unreserve();
        if (unreserve != null) {
            boolean may = all(unreserve.resources(), resource -> grants.mayUnreserve(reserver(resource)));
            return verdict(may, "unreserve resources", asker);
        }
        var create = operation.create();
        if (create != null) {
            boolean may = all(create.volumes(), volume -> grants.mayCreateVolume(role(volume)));
            return verdict(may, "create persistent volumes", asker);
        }
        var destroy = operation.destroy();
        if (destroy != null) {
            boolean may = all(destroy.volumes(), volume -> grants.mayDestroyVolume(creator(volume)));
            return verdict(may, "destroy persistent volumes", asker);
        }
        var grow = operation.growVolume();
        var shrink = operation.shrinkVolume();
        @Nullable Resource volume = grow != null ? grow.volume() : shrink == null ? null : shrink.volume();
        return volume == null
                ? Optional.empty()
                : verdict(
                        grants.mayResizeVolume(role(volume)),
                        grow != null ? "grow a volume" : "shrink a volume",
                        asker);
    }

    private static Optional<String> verdict(boolean may, String what, Asker asker) {
        String principal = asker.principal() == null ? "ANY" : asker.principal();
        return may ? Optional.empty() : Optional.of("Not authorized to " + what + " as '" + principal + "'");
    }

    private static boolean all(List<Resource> resources, Predicate<Resource> rule) {
        return resources.stream().allMatch(rule);
    }

    private static String role(Resource resource) {
        return Reservations.role(resource).orElse("*");
    }

    private static Optional<String> reserver(Resource resource) {
        var stack = Reservations.of(resource);
        return stack.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(stack.getLast().principal());
    }

    private static Optional<String> creator(Resource volume) {
        DiskInfo disk = volume.disk();
        return disk == null || disk.persistence() == null
                ? Optional.empty()
                : Optional.ofNullable(disk.persistence().principal());
    }
}
