package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code CgroupInfo}. Source: v1/mesos.proto. */
public record CgroupInfo(CgroupInfo.@Nullable NetCls netCls) {

    /** {@code CgroupInfo.NetCls}. Source: v1/mesos.proto. */
    public record NetCls(@Nullable Integer classid) {}
}
