package org.nucleus.wire;

import org.jspecify.annotations.Nullable;

/** {@code DomainInfo}. Source: v1/mesos.proto. */
public record DomainInfo(DomainInfo.@Nullable FaultDomain faultDomain) {

    /** {@code DomainInfo.FaultDomain}. Source: v1/mesos.proto. */
    public record FaultDomain(DomainInfo.FaultDomain.RegionInfo region, DomainInfo.FaultDomain.ZoneInfo zone) {

        /** {@code DomainInfo.FaultDomain.RegionInfo}. Source: v1/mesos.proto. */
        public record RegionInfo(String name) {}

        /** {@code DomainInfo.FaultDomain.ZoneInfo}. Source: v1/mesos.proto. */
        public record ZoneInfo(String name) {}
    }
}
