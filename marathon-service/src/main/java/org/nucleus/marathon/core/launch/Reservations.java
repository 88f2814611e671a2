package org.nucleus.marathon.core.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.marathon.core.state.App;
import org.nucleus.marathon.core.state.Instance;
import org.nucleus.marathon.core.state.Instance.LocalVolume;
import org.nucleus.marathon.core.state.InstanceId;
import org.nucleus.marathon.core.state.Volume;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Value;

/**
 * What instances with data hold on their agents: each reservation says whose it is, by the labels that the original uses.
 * Source: core.launcher.impl.TaskLabels.
 */
final class Reservations {
    private static final String FRAMEWORK = "marathon_framework_id";
    private static final String INSTANCE = "marathon_task_id";

    private Reservations() {}

    /** Whose a reservation is. */
    record Holder(String framework, InstanceId instance) {}

    static Optional<Holder> holder(Resource resource) {
        if (resource.reservations().isEmpty()) {
            return Optional.empty();
        }
        Labels labels = resource.reservations().getLast().labels();
        String framework = value(labels, FRAMEWORK);
        String instance = value(labels, INSTANCE);
        return framework == null || instance == null
                ? Optional.empty()
                : Optional.of(new Holder(framework, new InstanceId(instance)));
    }

    private static @Nullable String value(@Nullable Labels labels, String key) {
        return labels == null
                ? null
                : labels.labels().stream()
                        .filter(label -> label.key().equals(key))
                        .map(Label::value)
                        .findFirst()
                        .orElse(null);
    }

    static List<Resource> of(InstanceId instance, Offer offer) {
        return offer.resources().stream()
                .filter(resource -> holder(resource)
                        .filter(holder -> holder.instance().equals(instance))
                        .isPresent())
                .toList();
    }

    /** {@code resources} as {@code instance} holds them. */
    static List<Resource> reserved(
            List<Resource> resources, App app, Instance instance, String framework, @Nullable String principal) {
        var reservation = new Resource.ReservationInfo(
                Resource.ReservationInfo.Type.DYNAMIC,
                app.role(),
                principal,
                new Labels(List.of(
                        new Label(FRAMEWORK, framework),
                        new Label(INSTANCE, instance.id().value()))));
        List<Resource> reserved = new ArrayList<>();
        for (Resource resource : resources) {
            List<Resource.ReservationInfo> stack = new ArrayList<>(resource.reservations());
            stack.add(reservation);
            reserved.add(resource.toBuilder().role(null).reservations(stack).build());
        }
        return reserved;
    }

    /** A part of a reserved disk as the volume that {@code local} is. */
    static Resource volume(Resource disk, Volume.Persistent asked, LocalVolume local, @Nullable String principal) {
        var mount =
                new org.nucleus.wire.Volume(org.nucleus.wire.Volume.Mode.RW, asked.containerPath(), null, null, null);
        var persistence = new Resource.DiskInfo.Persistence(local.persistenceId(), principal);
        Resource.DiskInfo.Source source =
                disk.disk() == null ? null : disk.disk().source();
        return disk.toBuilder()
                .disk(new Resource.DiskInfo(persistence, mount, source))
                .build();
    }

    static boolean isVolume(Resource resource) {
        return resource.disk() != null && resource.disk().persistence() != null;
    }

    static Resource withoutVolume(Resource resource) {
        Resource.DiskInfo.Source source =
                resource.disk() == null ? null : resource.disk().source();
        return resource.toBuilder()
                .disk(source == null ? null : new Resource.DiskInfo(null, null, source))
                .build();
    }

    static Resource disk(Resource from, double megabytes) {
        return from.toBuilder().scalar(new Value.Scalar(megabytes)).build();
    }

    /** The operations that free what {@code left} holds: volumes first. */
    static List<Offer.Operation> release(List<Resource> left) {
        List<Offer.Operation> operations = new ArrayList<>();
        List<Resource> volumes = left.stream().filter(Reservations::isVolume).toList();
        if (!volumes.isEmpty()) {
            operations.add(Offer.Operation.builder()
                    .type(Offer.Operation.Type.DESTROY)
                    .destroy(new Offer.Operation.Destroy(volumes))
                    .build());
        }
        operations.add(Offer.Operation.builder()
                .type(Offer.Operation.Type.UNRESERVE)
                .unreserve(new Offer.Operation.Unreserve(
                        left.stream().map(Reservations::withoutVolume).toList()))
                .build());
        return operations;
    }
}
