package org.nucleus.resources;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.AllocationInfo;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.DiskInfo.Source;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.ResourceProviderId;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/**
 * What two resources must have in common for their amounts to be added or subtracted. The order is total, consistent
 * with equals and begins with the names people look for: cpus, gpus, mem, disk, ports.
 */
record Identity(
        String name,
        Value.Type type,
        @Nullable String allocatedTo,
        List<ReservationInfo> reservations,
        @Nullable ResourceProviderId provider,
        @Nullable DiskInfo disk,
        boolean revocable,
        boolean shared)
        implements Comparable<Identity> {

    private static final Comparator<@Nullable String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<Volume> VOLUMES = Comparator.comparing(Volume::containerPath)
            .thenComparing(Volume::mode)
            .thenComparing(Volume::hostPath, TEXT);

    private static final Comparator<Source> SOURCES = Comparator.comparing(Source::type)
            .thenComparing(Identity::root, TEXT)
            .thenComparing(Source::vendor, TEXT)
            .thenComparing(Source::id, TEXT)
            .thenComparing(Source::profile, TEXT)
            .thenComparing(Source::metadata, Reservations::compareLabels);

    private static final Comparator<DiskInfo> DISKS = Comparator.comparing(
                    DiskInfo::persistence,
                    Comparator.nullsFirst(Comparator.comparing(DiskInfo.Persistence::id)
                            .thenComparing(DiskInfo.Persistence::principal, TEXT)))
            .thenComparing(DiskInfo::volume, Comparator.nullsFirst(VOLUMES))
            .thenComparing(DiskInfo::source, Comparator.nullsFirst(SOURCES));

    static Identity of(Resource resource) {
        AllocationInfo allocation = resource.allocationInfo();
        return new Identity(
                resource.name(),
                resource.type(),
                allocation == null ? null : allocation.role(),
                Reservations.of(resource),
                resource.providerId(),
                canonical(resource.disk()),
                resource.revocable() != null,
                resource.shared() != null);
    }

    /** Whether amounts of this identity may become one: not those of volumes and of disks that are used whole. */
    boolean mergeable() {
        if (shared) {
            return false;
        }
        return disk == null || (disk.persistence() == null && !usedWhole(disk.source()));
    }

    boolean isPersistentVolume() {
        return disk != null && disk.persistence() != null;
    }

    /** The role that it is reserved for, {@code *} if none. */
    String reservedTo() {
        return Reservations.roleOf(reservations);
    }

    Identity withAllocation(@Nullable String role) {
        return new Identity(name, type, role, reservations, provider, disk, revocable, shared);
    }

    Identity withReservations(List<ReservationInfo> stack) {
        return new Identity(name, type, allocatedTo, stack, provider, disk, revocable, shared);
    }

    /** What a persistent volume was made from. */
    Identity withoutPersistence() {
        DiskInfo bare = disk == null ? null : canonical(new DiskInfo(null, null, disk.source()));
        return new Identity(name, type, allocatedTo, reservations, provider, bare, revocable, false);
    }

    @Override
    public int compareTo(Identity other) {
        if (this == other) {
            return 0;
        }
        int order = Integer.compare(rank(name), rank(other.name));
        if (order == 0) {
            order = name.compareTo(other.name);
        }
        if (order == 0) {
            order = type.compareTo(other.type);
        }
        if (order == 0) {
            order = Reservations.compare(reservations, other.reservations);
        }
        if (order == 0) {
            order = TEXT.compare(allocatedTo, other.allocatedTo);
        }
        if (order == 0) {
            order = Boolean.compare(revocable, other.revocable);
        }
        return order == 0 ? compareDisks(other) : order;
    }

    /** Without dynamic reservations and persistence: as the agent's operator configured it. */
    Identity asConfigured() {
        int fixed = 0;
        while (fixed < reservations.size() && reservations.get(fixed).type() != ReservationInfo.Type.DYNAMIC) {
            fixed++;
        }
        Identity bare = isPersistentVolume() ? withoutPersistence() : this;
        return fixed == reservations.size() ? bare : bare.withReservations(reservations.subList(0, fixed));
    }

    private int compareDisks(Identity other) {
        int order = Boolean.compare(shared, other.shared);
        if (order == 0 && (disk != null || other.disk != null)) {
            order = Comparator.nullsFirst(DISKS).compare(disk, other.disk);
        }
        if (order == 0 && (provider != null || other.provider != null)) {
            order = TEXT.compare(
                    provider == null ? null : provider.value(), other.provider == null ? null : other.provider.value());
        }
        return order;
    }

    private static int rank(String name) {
        return switch (name) {
            case "cpus" -> 0;
            case "gpus" -> 1;
            case "mem" -> 2;
            case "disk" -> 3;
            case "ports" -> 4;
            default -> 5;
        };
    }

    private static boolean usedWhole(@Nullable Source source) {
        if (source == null) {
            return false;
        }
        return switch (source.type()) {
            case MOUNT, BLOCK -> true;
            case RAW -> source.id() != null;
            case PATH, UNKNOWN -> false;
        };
    }

    /** A DiskInfo that says nothing is none. */
    private static @Nullable DiskInfo canonical(@Nullable DiskInfo disk) {
        boolean bare = disk == null || (disk.persistence() == null && disk.volume() == null && disk.source() == null);
        return bare ? null : disk;
    }

    static @Nullable String root(Source source) {
        Source.Path path = source.path();
        if (path != null) {
            return path.root();
        }
        Source.Mount mount = source.mount();
        return mount == null ? null : mount.root();
    }
}
