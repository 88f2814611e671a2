package org.nucleus.resources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Label;
import org.nucleus.wire.Labels;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.ReservationInfo;

/**
 * The two ways in which a resource says for whom it is reserved. The older one, {@code role} with {@code reservation},
 * knows one reservation; the newer, {@code reservations}, is a stack in which each refines the one before. Inside there
 * is only the stack. Source: v1/mesos.proto, Resource, and the original's reservation documentation.
 */
public final class Reservations {
    /** How a resource shows its reservations on the wire. */
    public enum Form {
        /**
         * {@code role} and {@code reservation}, as every client reads it; the stack only where there is more than one.
         */
        PLAIN,
        /** Always the stack and never {@code role}, for clients with the capability RESERVATION_REFINEMENT. */
        REFINED,
        /** Both ways at once, as the state endpoints print them. */
        ENDPOINT
    }

    private static final Comparator<Label> BY_KEY_AND_VALUE = Comparator.comparing(Label::key)
            .thenComparing(Label::value, Comparator.nullsFirst(Comparator.naturalOrder()));

    private static final Comparator<ReservationInfo> BY_FIELDS = Comparator.comparing(
                    ReservationInfo::role, Comparator.<String>nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ReservationInfo::type, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ReservationInfo::principal, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ReservationInfo::labels, Reservations::compareLabels);

    private Reservations() {}

    /** The stack of reservations, the outermost last; empty if the resource is anybody's. */
    public static List<ReservationInfo> of(Resource resource) {
        if (!resource.reservations().isEmpty()) {
            return resource.reservations().stream().map(Reservations::canonical).toList();
        }
        String role = resource.role();
        if (role == null || role.equals(Roles.UNRESERVED)) {
            return List.of();
        }
        ReservationInfo dynamic = resource.reservation();
        if (dynamic == null) {
            return List.of(new ReservationInfo(ReservationInfo.Type.STATIC, role, null, null));
        }
        return List.of(canonical(
                new ReservationInfo(ReservationInfo.Type.DYNAMIC, role, dynamic.principal(), dynamic.labels())));
    }

    /** The role that the resource is reserved for; empty if it is anybody's. */
    public static Optional<String> role(Resource resource) {
        List<ReservationInfo> stack = of(resource);
        return stack.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(stack.getLast().role());
    }

    static String roleOf(List<ReservationInfo> stack) {
        String role = stack.isEmpty() ? null : stack.getLast().role();
        return role == null ? Roles.UNRESERVED : role;
    }

    static void write(Resource.Builder resource, List<ReservationInfo> stack, Form form) {
        boolean refined = stack.size() > 1;
        if (form == Form.REFINED || form == Form.ENDPOINT || refined) {
            resource.reservations(stack);
        }
        if (form == Form.REFINED || refined) {
            return;
        }
        resource.role(roleOf(stack));
        if (!stack.isEmpty() && stack.getLast().type() == ReservationInfo.Type.DYNAMIC) {
            ReservationInfo last = stack.getLast();
            resource.reservation(new ReservationInfo(null, null, last.principal(), last.labels()));
        }
    }

    /** Labels are a set: their order keeps nothing apart. */
    private static ReservationInfo canonical(ReservationInfo info) {
        Labels labels = info.labels();
        if (labels == null || labels.labels().size() < 2) {
            return info;
        }
        List<Label> sorted = new ArrayList<>(labels.labels());
        sorted.sort(BY_KEY_AND_VALUE);
        return new ReservationInfo(info.type(), info.role(), info.principal(), new Labels(sorted));
    }

    static int compare(List<ReservationInfo> left, List<ReservationInfo> right) {
        int order = Integer.compare(left.size(), right.size());
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = BY_FIELDS.compare(left.get(i), right.get(i));
        }
        return order;
    }

    static int compareLabels(@Nullable Labels left, @Nullable Labels right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        int order = Integer.compare(left.labels().size(), right.labels().size());
        for (int i = 0; order == 0 && i < left.labels().size(); i++) {
            order = BY_KEY_AND_VALUE.compare(
                    left.labels().get(i), right.labels().get(i));
        }
        return order;
    }
}
