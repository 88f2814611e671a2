package org.nucleus.wire;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code Resource}. Source: v1/mesos.proto. */
public record Resource(
        @Nullable ResourceProviderId providerId,
        String name,
        Value.Type type,
        Value.@Nullable Scalar scalar,
        Value.@Nullable Ranges ranges,
        Value.@Nullable Set set,
        @Nullable String role,
        Resource.@Nullable AllocationInfo allocationInfo,
        Resource.@Nullable ReservationInfo reservation,
        List<Resource.ReservationInfo> reservations,
        Resource.@Nullable DiskInfo disk,
        Resource.@Nullable RevocableInfo revocable,
        Resource.@Nullable SharedInfo shared) {
    public Resource {
        reservations = List.copyOf(reservations);
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.providerId = providerId;
        b.name = name;
        b.type = type;
        b.scalar = scalar;
        b.ranges = ranges;
        b.set = set;
        b.role = role;
        b.allocationInfo = allocationInfo;
        b.reservation = reservation;
        b.reservations = reservations;
        b.disk = disk;
        b.revocable = revocable;
        b.shared = shared;
        return b;
    }

    /** Collects the fields of a {@link Resource}; unset ones keep the protocol's defaults. */
    public static final class Builder {
        private @Nullable ResourceProviderId providerId;
        private @Nullable String name;
        private Value.@Nullable Type type;
        private Value.@Nullable Scalar scalar;
        private Value.@Nullable Ranges ranges;
        private Value.@Nullable Set set;
        private @Nullable String role;
        private Resource.@Nullable AllocationInfo allocationInfo;
        private Resource.@Nullable ReservationInfo reservation;
        private List<Resource.ReservationInfo> reservations = List.of();
        private Resource.@Nullable DiskInfo disk;
        private Resource.@Nullable RevocableInfo revocable;
        private Resource.@Nullable SharedInfo shared;

        private Builder() {}

        public Builder providerId(@Nullable ResourceProviderId value) {
            this.providerId = value;
            return this;
        }

        public Builder name(String value) {
            this.name = value;
            return this;
        }

        public Builder type(Value.Type value) {
            this.type = value;
            return this;
        }

        public Builder scalar(Value.@Nullable Scalar value) {
            this.scalar = value;
            return this;
        }

        public Builder ranges(Value.@Nullable Ranges value) {
            this.ranges = value;
            return this;
        }

        public Builder set(Value.@Nullable Set value) {
            this.set = value;
            return this;
        }

        public Builder role(@Nullable String value) {
            this.role = value;
            return this;
        }

        public Builder allocationInfo(Resource.@Nullable AllocationInfo value) {
            this.allocationInfo = value;
            return this;
        }

        public Builder reservation(Resource.@Nullable ReservationInfo value) {
            this.reservation = value;
            return this;
        }

        public Builder reservations(List<Resource.ReservationInfo> value) {
            this.reservations = value;
            return this;
        }

        public Builder disk(Resource.@Nullable DiskInfo value) {
            this.disk = value;
            return this;
        }

        public Builder revocable(Resource.@Nullable RevocableInfo value) {
            this.revocable = value;
            return this;
        }

        public Builder shared(Resource.@Nullable SharedInfo value) {
            this.shared = value;
            return this;
        }

        public Resource build() {
            return new Resource(
                    providerId,
                    Objects.requireNonNull(name, "name"),
                    Objects.requireNonNull(type, "type"),
                    scalar,
                    ranges,
                    set,
                    role,
                    allocationInfo,
                    reservation,
                    reservations,
                    disk,
                    revocable,
                    shared);
        }
    }

    /** {@code Resource.AllocationInfo}. Source: v1/mesos.proto. */
    public record AllocationInfo(@Nullable String role) {}

    /** {@code Resource.ReservationInfo}. Source: v1/mesos.proto. */
    public record ReservationInfo(
            Resource.ReservationInfo.@Nullable Type type,
            @Nullable String role,
            @Nullable String principal,
            @Nullable Labels labels) {

        /** {@code Resource.ReservationInfo.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            STATIC,
            DYNAMIC
        }
    }

    /** {@code Resource.DiskInfo}. Source: v1/mesos.proto. */
    public record DiskInfo(
            Resource.DiskInfo.@Nullable Persistence persistence,
            @Nullable Volume volume,
            Resource.DiskInfo.@Nullable Source source) {

        /** {@code Resource.DiskInfo.Persistence}. Source: v1/mesos.proto. */
        public record Persistence(String id, @Nullable String principal) {}

        /** {@code Resource.DiskInfo.Source}. Source: v1/mesos.proto. */
        public record Source(
                Resource.DiskInfo.Source.Type type,
                Resource.DiskInfo.Source.@Nullable Path path,
                Resource.DiskInfo.Source.@Nullable Mount mount,
                @Nullable String vendor,
                @Nullable String id,
                @Nullable Labels metadata,
                @Nullable String profile) {

            public static Builder builder() {
                return new Builder();
            }

            public Builder toBuilder() {
                Builder b = new Builder();
                b.type = type;
                b.path = path;
                b.mount = mount;
                b.vendor = vendor;
                b.id = id;
                b.metadata = metadata;
                b.profile = profile;
                return b;
            }

            /** Collects the fields of a {@link Source}; unset ones keep the protocol's defaults. */
            public static final class Builder {
                private Resource.DiskInfo.Source.@Nullable Type type;
                private Resource.DiskInfo.Source.@Nullable Path path;
                private Resource.DiskInfo.Source.@Nullable Mount mount;
                private @Nullable String vendor;
                private @Nullable String id;
                private @Nullable Labels metadata;
                private @Nullable String profile;

                private Builder() {}

                public Builder type(Resource.DiskInfo.Source.Type value) {
                    this.type = value;
                    return this;
                }

                public Builder path(Resource.DiskInfo.Source.@Nullable Path value) {
                    this.path = value;
                    return this;
                }

                public Builder mount(Resource.DiskInfo.Source.@Nullable Mount value) {
                    this.mount = value;
                    return this;
                }

                public Builder vendor(@Nullable String value) {
                    this.vendor = value;
                    return this;
                }

                public Builder id(@Nullable String value) {
                    this.id = value;
                    return this;
                }

                public Builder metadata(@Nullable Labels value) {
                    this.metadata = value;
                    return this;
                }

                public Builder profile(@Nullable String value) {
                    this.profile = value;
                    return this;
                }

                public Source build() {
                    return new Source(Objects.requireNonNull(type, "type"), path, mount, vendor, id, metadata, profile);
                }
            }

            /** {@code Resource.DiskInfo.Source.Path}. Source: v1/mesos.proto. */
            public record Path(@Nullable String root) {}

            /** {@code Resource.DiskInfo.Source.Mount}. Source: v1/mesos.proto. */
            public record Mount(@Nullable String root) {}

            /** {@code Resource.DiskInfo.Source.Type}. Source: v1/mesos.proto. */
            public enum Type {
                UNKNOWN,
                PATH,
                MOUNT,
                BLOCK,
                RAW
            }
        }
    }

    /** {@code Resource.RevocableInfo}. Source: v1/mesos.proto. */
    public record RevocableInfo() {}

    /** {@code Resource.SharedInfo}. Source: v1/mesos.proto. */
    public record SharedInfo() {}
}
