package org.nucleus.resources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/**
 * What a resource must look like to be reckoned with. Source: the original's {@code Resources::validate}, whose words
 * the messages keep where programs may look for them.
 */
public final class ResourceRules {
    private static final double MOST = Scalar.toDouble(Scalar.MOST_THOUSANDTHS);

    private ResourceRules() {}

    /** Why these resources are refused, naming the first culprit; empty if they are in order. */
    public static Optional<String> refusal(List<Resource> resources) {
        try {
            Resources.of(resources);
            return Optional.empty();
        } catch (InvalidResources e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static void check(Resource resource) {
        Optional<String> fault = fault(resource);
        if (fault.isPresent()) {
            throw new InvalidResources("Resource '" + ResourceText.raw(resource) + "' is invalid: " + fault.get());
        }
    }

    /** One message's scalars never add up to more than can be counted, whatever they are added to later. */
    static void checkTotal(long total, Resource latest) {
        if (total > Scalar.MOST_THOUSANDTHS) {
            throw new InvalidResources("The scalars up to '" + latest.name() + "' add up to more than " + MOST);
        }
    }

    private static Optional<String> fault(Resource resource) {
        if (resource.name().isBlank()) {
            return Optional.of("Empty resource name");
        }
        return faultOfValue(resource)
                .or(() -> faultOfReservations(resource))
                .or(() -> faultOfDisk(resource))
                .or(() -> faultOfSharing(resource));
    }

    private static Optional<String> faultOfValue(Resource resource) {
        boolean scalar = resource.scalar() != null;
        boolean ranges = resource.ranges() != null;
        boolean set = resource.set() != null;
        return switch (resource.type()) {
            case SCALAR -> scalar && !ranges && !set ? faultOfScalar(resource) : Optional.of("Invalid scalar resource");
            case RANGES -> ranges && !scalar && !set ? faultOfRanges(resource) : Optional.of("Invalid ranges resource");
            case SET -> set && !scalar && !ranges ? faultOfSet(resource) : Optional.of("Invalid set resource");
            case TEXT -> Optional.of("Unsupported resource type");
        };
    }

    private static Optional<String> faultOfScalar(Resource resource) {
        double value = Objects.requireNonNull(resource.scalar()).value();
        if (value < 0) {
            return Optional.of("Invalid scalar resource: value < 0");
        }
        if (!(value <= MOST)) {
            return Optional.of("Invalid scalar resource: value is not a number up to " + MOST);
        }
        if (resource.name().equals("gpus") && value != Math.rint(value)) {
            return Optional.of("The 'gpus' resource must be an unsigned integer");
        }
        return Optional.empty();
    }

    private static Optional<String> faultOfRanges(Resource resource) {
        Value.Ranges ranges = Objects.requireNonNull(resource.ranges());
        for (Value.Range range : ranges.range()) {
            if (range.begin() < 0 || range.end() < 0 || range.end() > Ranges.MOST) {
                return Optional.of("Invalid ranges resource: begin or end above " + Ranges.MOST);
            }
            if (range.begin() > range.end()) {
                return Optional.of("Invalid ranges resource: begin > end");
            }
        }
        return overlap(ranges.range()) ? Optional.of("Invalid ranges resource: overlapping ranges") : Optional.empty();
    }

    private static boolean overlap(List<Value.Range> ranges) {
        List<Value.Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(Value.Range::begin));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).begin() <= sorted.get(i - 1).end()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> faultOfSet(Resource resource) {
        Value.Set set = Objects.requireNonNull(resource.set());
        Set<String> seen = new LinkedHashSet<>(set.item());
        return seen.size() < set.item().size()
                ? Optional.of("Invalid set resource: duplicated elements")
                : Optional.empty();
    }

    private static Optional<String> faultOfReservations(Resource resource) {
        String role = resource.role();
        if (role != null && resource.reservations().isEmpty()) {
            boolean contradiction = role.equals(Roles.UNRESERVED) && resource.reservation() != null;
            return contradiction
                    ? Optional.of("Invalid reservation: role \"*\" cannot be dynamically reserved")
                    : Roles.refusal(role);
        }
        if (resource.reservations().isEmpty()) {
            return resource.reservation() == null
                    ? Optional.empty()
                    : Optional.of("Invalid reservation: role \"*\" cannot be dynamically reserved");
        }
        String last = resource.reservations().getLast().role();
        if (role != null && !role.equals(last)) {
            return Optional.of("Invalid reservation: 'role' is '" + role + "', 'reservations' end with '" + last + "'");
        }
        return faultOfStack(resource.reservations());
    }

    private static Optional<String> faultOfStack(List<ReservationInfo> stack) {
        String below = null;
        for (ReservationInfo reservation : stack) {
            String role = reservation.role();
            if (role == null || role.equals(Roles.UNRESERVED)) {
                return Optional.of("Invalid reservation: role \"*\" cannot be reserved");
            }
            Optional<String> fault = Roles.refusal(role);
            if (fault.isPresent()) {
                return fault;
            }
            if (reservation.type() == null || reservation.type() == ReservationInfo.Type.UNKNOWN) {
                return Optional.of("Invalid reservation: 'type' is missing");
            }
            if (below != null && reservation.type() == ReservationInfo.Type.STATIC) {
                return Optional.of("Invalid refined reservation: a refined reservation cannot be STATIC");
            }
            if (below != null && !Roles.isBelow(role, below)) {
                return Optional.of(
                        "Invalid refined reservation: role '" + role + "' is not a refinement of '" + below + "'");
            }
            below = role;
        }
        return Optional.empty();
    }

    private static Optional<String> faultOfDisk(Resource resource) {
        DiskInfo disk = resource.disk();
        if (disk == null) {
            return Optional.empty();
        }
        if (!resource.name().equals("disk")) {
            return Optional.of("DiskInfo should not be set for " + resource.name() + " resource");
        }
        DiskInfo.Source source = disk.source();
        if (source != null && source.type() == DiskInfo.Source.Type.UNKNOWN) {
            return Optional.of("Unsupported 'DiskInfo.Source.Type'");
        }
        Volume volume = disk.volume();
        if (volume != null && disk.persistence() == null) {
            return Optional.of("Non-persistent volume not supported");
        }
        return volume != null && (volume.image() != null || volume.source() != null)
                ? Optional.of("A persistent volume has neither 'image' nor 'source'")
                : Optional.empty();
    }

    private static Optional<String> faultOfSharing(Resource resource) {
        if (resource.shared() == null) {
            return Optional.empty();
        }
        if (!resource.name().equals("disk")) {
            return Optional.of("Resource " + resource.name() + " cannot be shared");
        }
        DiskInfo disk = resource.disk();
        return disk == null || disk.persistence() == null
                ? Optional.of("Only persistent volumes can be shared")
                : Optional.empty();
    }
}
