package org.nucleus.master.core;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.resources.ResourceParser;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.OperationId;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Persistence;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/** Resources, volumes and the operations on them, as tests write them. */
final class Operations {
    private Operations() {}

    static Resource cpus(Offer offer) {
        return offer.resources().stream()
                .filter(resource -> resource.name().equals("cpus"))
                .findFirst()
                .orElseThrow();
    }

    static Resources has(String text) {
        return ResourceParser.parse(text, "*");
    }

    static ReservationInfo dynamic(String role) {
        return new ReservationInfo(ReservationInfo.Type.DYNAMIC, role, "ops", null);
    }

    static Resource.Builder scalar(String name, double value) {
        return Resource.builder().name(name).type(Value.Type.SCALAR).scalar(new Value.Scalar(value));
    }

    static Resource reserved(String name, double value) {
        return scalar(name, value).reservations(List.of(dynamic("ads"))).build();
    }

    static Resource volume(String id, double size) {
        Volume volume =
                Volume.builder().mode(Volume.Mode.RW).containerPath("data").build();
        return reserved("disk", size).toBuilder()
                .disk(new DiskInfo(new Persistence(id, "ops"), volume, null))
                .build();
    }

    static Operation named(@Nullable String id, Operation operation) {
        return operation.toBuilder().id(id == null ? null : new OperationId(id)).build();
    }

    static Operation reserve(Resource... resources) {
        return Operation.builder()
                .type(Operation.Type.RESERVE)
                .reserve(new Operation.Reserve(List.of(), List.of(resources)))
                .build();
    }

    static Operation unreserve(Resource... resources) {
        return Operation.builder()
                .type(Operation.Type.UNRESERVE)
                .unreserve(new Operation.Unreserve(List.of(resources)))
                .build();
    }

    static Operation create(Resource... volumes) {
        return Operation.builder()
                .type(Operation.Type.CREATE)
                .create(new Operation.Create(List.of(volumes)))
                .build();
    }

    static Operation destroy(Resource... volumes) {
        return Operation.builder()
                .type(Operation.Type.DESTROY)
                .destroy(new Operation.Destroy(List.of(volumes)))
                .build();
    }

    static Operation grow(Resource volume, Resource addition) {
        return Operation.builder()
                .type(Operation.Type.GROW_VOLUME)
                .growVolume(new Operation.GrowVolume(volume, addition))
                .build();
    }

    static Operation shrink(Resource volume, double subtract) {
        return Operation.builder()
                .type(Operation.Type.SHRINK_VOLUME)
                .shrinkVolume(new Operation.ShrinkVolume(volume, new Value.Scalar(subtract)))
                .build();
    }
}
