package org.nucleus.agent.core;

import java.util.List;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Persistence;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/** Resources reserved for the role {@code ads} by {@code ops}, and volumes made of them. */
public final class Volumes {
    private Volumes() {}

    public static Resource reserved(String name, double amount) {
        return Resource.builder()
                .name(name)
                .type(Value.Type.SCALAR)
                .scalar(new Value.Scalar(amount))
                .reservations(List.of(new ReservationInfo(ReservationInfo.Type.DYNAMIC, "ads", "ops", null)))
                .build();
    }

    public static Resource volume(String id, double size) {
        Volume volume =
                Volume.builder().mode(Volume.Mode.RW).containerPath("data").build();
        return reserved("disk", size).toBuilder()
                .disk(new DiskInfo(new Persistence(id, "ops"), volume, null))
                .build();
    }
}
