package org.nucleus.master.core.operation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Framework;
import org.nucleus.master.core.task.Ids;
import org.nucleus.resources.Reservations;
import org.nucleus.resources.ResourceRules;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.AgentInfo.Capability;
import org.nucleus.wire.FrameworkInfo;
import org.nucleus.wire.Offer.Operation;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.Volume;

/**
 * What CREATE, DESTROY, GROW_VOLUME and SHRINK_VOLUME must look like. Source: master/validation.cpp, resource and
 * operation; whose words are kept.
 */
final class VolumeRules {
    private VolumeRules() {}

    static Optional<String> refusal(Operation.Create create, Asker asker, Agent agent) {
        return ofVolumes(create.volumes())
                .or(() -> ofUniqueness(create.volumes(), agent))
                .or(() -> ReservationRules.first(create.volumes(), volume -> ofCreator(volume, asker)));
    }

    /** @param used by tasks and executors on the agent */
    static Optional<String> refusal(Operation.Destroy destroy, Agent agent, Resources used) {
        return ofVolumes(destroy.volumes()).or(() -> {
            Resources volumes = Resources.of(destroy.volumes()).unallocated();
            if (!agent.total().contains(volumes)) {
                return Optional.of("Persistent volumes not found");
            }
            Resources inUse = used.unallocated().persistentVolumes().oneOfEachShared();
            return inUse.ofKindsIn(volumes).isEmpty() ? Optional.empty() : Optional.of("Persistent volumes in use");
        });
    }

    static Optional<String> refusal(Operation.GrowVolume grow, Agent agent) {
        return invalidIn("GrowVolume.volume", grow.volume())
                .or(() -> invalidIn("GrowVolume.addition", grow.addition()))
                .or(() -> thousandths(grow.addition().scalar()) > 0
                        ? Optional.empty()
                        : Optional.of("The size of 'GrowVolume.addition' field must be greater than zero"))
                .or(() -> ofResizing("Growing", "GrowVolume.volume", grow.volume()))
                .or(() -> ofAddition(grow))
                .or(() -> ofResizer(grow.volume(), "grown", agent));
    }

    static Optional<String> refusal(Operation.ShrinkVolume shrink, Agent agent) {
        return invalidIn("ShrinkVolume.volume", shrink.volume())
                .or(() -> ofSubtract(shrink))
                .or(() -> ofMount(shrink.volume()))
                .or(() -> ofResizing("Shrinking", "ShrinkVolume.volume", shrink.volume()))
                .or(() -> ofResizer(shrink.volume(), "shrunk", agent));
    }

    static boolean isVolume(Resource resource) {
        DiskInfo disk = resource.disk();
        return disk != null && disk.persistence() != null;
    }

    private static Optional<String> ofVolumes(List<Resource> volumes) {
        return ReservationRules.invalid(volumes)
                .or(() -> ReservationRules.first(volumes, VolumeRules::ofVolume)
                        .map(refusal -> "Invalid resources: " + refusal))
                .or(() -> ReservationRules.first(volumes, VolumeRules::ofProvider));
    }

    private static Optional<String> ofProvider(Resource volume) {
        return volume.providerId() == null
                ? Optional.empty()
                : Optional.of("Volumes of a resource provider are not supported");
    }

    private static Optional<String> ofVolume(Resource resource) {
        DiskInfo disk = resource.disk();
        if (disk == null || disk.persistence() == null) {
            return Optional.of("Not a persistent volume: Resource " + Resources.of(resource)
                    + (disk == null ? " does not have DiskInfo" : " does not have 'persistence' set in DiskInfo"));
        }
        if (resource.revocable() != null) {
            return Optional.of("Persistent volumes cannot be created from revocable resources");
        }
        if (Reservations.of(resource).isEmpty()) {
            return Optional.of("Persistent volumes cannot be created from unreserved resources");
        }
        Volume volume = disk.volume();
        if (volume == null) {
            return Optional.of("Expecting 'volume' to be set for persistent volume");
        }
        if (volume.mode() == Volume.Mode.RO) {
            return Optional.of("Read-only persistent volume not supported");
        }
        if (volume.hostPath() != null) {
            return Optional.of("Expecting 'host_path' to be unset for persistent volume");
        }
        return Ids.refusal(disk.persistence().id())
                .map(refusal -> "Invalid persistence ID for persistent volume: " + refusal);
    }

    /** Ids of volumes are unique among those of a role on an agent. */
    private static Optional<String> ofUniqueness(List<Resource> volumes, Agent agent) {
        SequencedSet<String> seen = new LinkedHashSet<>();
        return Stream.concat(agent.total().persistentVolumes().toList().stream(), volumes.stream())
                .filter(volume -> !seen.add(Reservations.role(volume).orElse("*") + "/" + persistenceId(volume)))
                .findFirst()
                .map(volume -> "Persistence ID '" + persistenceId(volume) + "' is not unique");
    }

    private static String persistenceId(Resource volume) {
        DiskInfo disk = volume.disk();
        return disk == null || disk.persistence() == null
                ? ""
                : disk.persistence().id();
    }

    private static Optional<String> ofCreator(Resource volume, Asker asker) {
        Framework framework = asker.framework();
        if (framework != null
                && volume.shared() != null
                && !framework.has(FrameworkInfo.Capability.Type.SHARED_RESOURCES)) {
            return Optional.of("Create volume operation for '" + Resources.of(volume)
                    + "' has been attempted by framework '" + framework.id()
                    + "' with no SHARED_RESOURCES capability");
        }
        DiskInfo disk = volume.disk();
        String creator = disk == null || disk.persistence() == null
                ? null
                : disk.persistence().principal();
        if (asker.principal() == null || asker.principal().equals(creator)) {
            return Optional.empty();
        }
        if (creator == null) {
            return Optional.of("Create volume operation attempted by principal '" + asker.principal()
                    + "', but there is a volume in the operation with no principal set in 'disk.persistence'");
        }
        return Optional.of("Create volume operation attempted by authenticated principal '" + asker.principal()
                + "', which does not match a volume in the operation with principal '" + creator
                + "' set in 'disk.persistence'");
    }

    private static Optional<String> invalidIn(String field, Resource resource) {
        return ResourceRules.refusal(List.of(resource))
                .map(refusal -> "Invalid resource in the '" + field + "' field: " + refusal);
    }

    private static Optional<String> ofResizing(String doing, String field, Resource volume) {
        if (volume.providerId() != null) {
            return Optional.of(doing + " a volume from a resource provider is not supported");
        }
        return ofVolume(volume)
                .map(refusal -> "Invalid persistent volume in the '" + field + "' field: " + refusal)
                .or(() -> volume.shared() == null
                        ? Optional.empty()
                        : Optional.of(doing + " a shared persistent volume is not supported"));
    }

    private static Optional<String> ofAddition(Operation.GrowVolume grow) {
        Resources bare = Resources.of(grow.volume()).withoutPersistence();
        boolean fits = bare.plus(Resources.of(grow.addition())).toList().size() == 1;
        return fits
                ? Optional.empty()
                : Optional.of("Incompatible resources in the 'GrowVolume.volume' and 'GrowVolume.addition' fields");
    }

    private static Optional<String> ofSubtract(Operation.ShrinkVolume shrink) {
        long subtract = thousandths(shrink.subtract());
        if (subtract <= 0) {
            return Optional.of("Value of 'ShrinkVolume.subtract' must be greater than zero");
        }
        return thousandths(shrink.volume().scalar()) > subtract
                ? Optional.empty()
                : Optional.of(
                        "Value of 'ShrinkVolume.subtract' must be smaller than the size of 'ShrinkVolume.volume'");
    }

    private static Optional<String> ofMount(Resource volume) {
        DiskInfo.Source source = volume.disk() == null ? null : volume.disk().source();
        return source != null && source.type() == DiskInfo.Source.Type.MOUNT
                ? Optional.of("Shrinking a volume on a MOUNT disk is not supported")
                : Optional.empty();
    }

    private static Optional<String> ofResizer(Resource volume, String how, Agent agent) {
        return agent.has(Capability.Type.RESIZE_VOLUME)
                ? Optional.empty()
                : Optional.of("Volume " + Resources.of(volume) + " cannot be " + how
                        + " on an agent without RESIZE_VOLUME capability");
    }

    private static long thousandths(Value.@Nullable Scalar scalar) {
        return scalar == null ? 0 : Scalar.thousandthsOf(scalar.value());
    }
}
