package org.nucleus.master.core.operation;

import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.nucleus.master.core.state.Framework;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.ResourceRules;
import org.nucleus.resources.Resources;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.ReservationInfo;

/** What RESERVE and UNRESERVE must look like. Source: master/validation.cpp, operation; whose words are kept. */
final class ReservationRules {
    private ReservationRules() {}

    static Optional<String> refusal(Operation.Reserve reserve, Asker asker) {
        return invalid(reserve.resources())
                .or(() -> first(reserve.resources(), resource -> ofTarget(resource, asker)))
                .or(() -> ofSource(reserve, asker));
    }

    static Optional<String> refusal(Operation.Unreserve unreserve) {
        return invalid(unreserve.resources())
                .or(() -> first(unreserve.resources(), resource -> {
                    if (!isDynamic(resource)) {
                        return notReserved(resource);
                    }
                    return VolumeRules.isVolume(resource)
                            ? Optional.of("A dynamically reserved persistent volume " + Resources.of(resource)
                                    + " cannot be unreserved directly. Please destroy the persistent volume first then"
                                    + " unreserve the resource")
                            : Optional.empty();
                }));
    }

    static Optional<String> invalid(List<Resource> resources) {
        return ResourceRules.refusal(resources).map(refusal -> "Invalid resources: " + refusal);
    }

    static boolean isDynamic(Resource resource) {
        List<ReservationInfo> stack = Reservations.of(resource);
        return !stack.isEmpty() && stack.getLast().type() == ReservationInfo.Type.DYNAMIC;
    }

    interface Rule {
        Optional<String> refusal(Resource resource);
    }

    static Optional<String> first(List<Resource> resources, Rule rule) {
        return resources.stream()
                .flatMap(resource -> rule.refusal(resource).stream())
                .findFirst();
    }

    private static Optional<String> notReserved(Resource resource) {
        return Optional.of("Resource " + Resources.of(resource) + " is not dynamically reserved");
    }

    private static Optional<String> ofTarget(Resource resource, Asker asker) {
        if (!isDynamic(resource)) {
            return notReserved(resource);
        }
        if (VolumeRules.isVolume(resource)) {
            return Optional.of(
                    "A persistent volume " + Resources.of(resource) + " must already be reserved, and stays so");
        }
        return ofPrincipal(resource, asker).or(() -> ofRole(resource, asker));
    }

    private static Optional<String> ofPrincipal(Resource resource, Asker asker) {
        String reserver = Reservations.of(resource).getLast().principal();
        if (asker.principal() == null || asker.principal().equals(reserver)) {
            return Optional.empty();
        }
        if (reserver == null) {
            return Optional.of("A reserve operation was attempted by principal '" + asker.principal()
                    + "', but there is a reserved resource in the request with no principal set");
        }
        return Optional.of("A reserve operation was attempted by authenticated principal '" + asker.principal()
                + "', which does not match a reserved resource in the request with principal '" + reserver + "'");
    }

    private static Optional<String> ofRole(Resource resource, Asker asker) {
        Framework framework = asker.framework();
        Resource.AllocationInfo allocation = resource.allocationInfo();
        if (framework == null) {
            return allocation == null
                    ? Optional.empty()
                    : Optional.of("A reserve operation was attempted with an allocated resource, but the operator API"
                            + " only allows reservations to be made to unallocated resources");
        }
        String role = Reservations.role(resource).orElse("*");
        String allocated = allocation == null ? null : allocation.role();
        if (!role.equals(allocated)) {
            return Optional.of("A reserve operation was attempted for a resource with role '" + role
                    + "', but the resource was allocated to role '" + allocated + "'");
        }
        SequencedSet<String> roles = framework.roles();
        return roles.contains(role)
                ? Optional.empty()
                : Optional.of("A reserve operation was attempted for a resource allocated to role '" + role
                        + "', but the framework only has roles '{ " + String.join(", ", roles) + " }'");
    }

    /** An operator may relabel reservations: what the source is apart from them must stay. */
    private static Optional<String> ofSource(Operation.Reserve reserve, Asker asker) {
        if (reserve.source().isEmpty()) {
            return Optional.empty();
        }
        if (asker.framework() != null) {
            return Optional.of("The `source` field of a RESERVE operation cannot be set by a framework");
        }
        Optional<String> invalid = invalid(reserve.source());
        if (invalid.isPresent()) {
            return invalid;
        }
        Resources source = Resources.of(reserve.source());
        Resources target = Resources.of(reserve.resources());
        if (!source.persistentVolumes().isEmpty()) {
            return Optional.of("Persistent volumes among the `source` cannot be reserved anew");
        }
        return source.asConfigured().equals(target.asConfigured())
                ? Optional.empty()
                : Optional.of("The `source` and `resources` of a RESERVE operation differ in more than their"
                        + " dynamic reservations");
    }
}
