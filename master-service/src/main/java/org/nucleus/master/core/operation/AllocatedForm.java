package org.nucleus.master.core.operation;

import java.util.List;
import org.nucleus.master.core.task.Launches;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;

/** Operations of frameworks, who may leave out for which role their resources are allocated. */
final class AllocatedForm {
    private AllocatedForm() {}

    /** The same with allocation info everywhere. Source: protobuf_utils.cpp, injectAllocationInfo. */
    static Operation of(Operation operation, String role) {
        Operation.Builder whole = operation.toBuilder();
        var reserve = operation.reserve();
        if (reserve != null) {
            whole.reserve(new Operation.Reserve(
                    Launches.allocated(reserve.source(), role), Launches.allocated(reserve.resources(), role)));
        }
        var unreserve = operation.unreserve();
        if (unreserve != null) {
            whole.unreserve(new Operation.Unreserve(Launches.allocated(unreserve.resources(), role)));
        }
        var create = operation.create();
        if (create != null) {
            whole.create(new Operation.Create(Launches.allocated(create.volumes(), role)));
        }
        var destroy = operation.destroy();
        if (destroy != null) {
            whole.destroy(new Operation.Destroy(Launches.allocated(destroy.volumes(), role)));
        }
        var grow = operation.growVolume();
        if (grow != null) {
            whole.growVolume(new Operation.GrowVolume(one(grow.volume(), role), one(grow.addition(), role)));
        }
        var shrink = operation.shrinkVolume();
        if (shrink != null) {
            whole.shrinkVolume(new Operation.ShrinkVolume(one(shrink.volume(), role), shrink.subtract()));
        }
        return whole.build();
    }

    private static Resource one(Resource resource, String role) {
        return Launches.allocated(List.of(resource), role).getFirst();
    }
}
