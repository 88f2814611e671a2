package org.nucleus.resources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.nucleus.wire.Label;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.DiskInfo;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;

/** Resources as text for logs and messages, in the original's words. */
final class ResourceText {
    private ResourceText() {}

    static String text(List<Entry> entries) {
        var text = new StringJoiner("; ").setEmptyValue("{}");
        for (Entry entry : entries) {
            String count = entry.copies() == 1 ? "" : "<" + entry.copies() + ">";
            text.add(annotations(entry.identity()) + count + ":" + entry.amount());
        }
        return text.toString();
    }

    static String shortText(List<Entry> entries) {
        Map<String, Amount> totals = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String name = entry.identity().name();
            Amount total = entry.amount() instanceof Amount.Thousandths
                    ? new Amount.Thousandths(entry.thousandths())
                    : entry.amount();
            Amount before = totals.get(name);
            totals.put(name, before != null && before.getClass() == total.getClass() ? before.plus(total) : total);
        }
        var text = new StringJoiner("; ").setEmptyValue("{}");
        totals.forEach((name, total) -> text.add(name + ":" + total));
        return text.toString();
    }

    /** Of a resource that may be wrong in any way. */
    static String raw(Resource resource) {
        var text = new StringBuilder(resource.name());
        if (resource.role() != null && !resource.role().equals(Roles.UNRESERVED)) {
            text.append('(').append(resource.role()).append(')');
        }
        text.append(':');
        if (resource.scalar() != null) {
            text.append(resource.scalar().value());
        } else if (resource.ranges() != null) {
            var ranges = new StringJoiner(", ", "[", "]");
            resource.ranges().range().forEach(range -> ranges.add(text(range)));
            text.append(ranges);
        } else if (resource.set() != null) {
            text.append('{').append(String.join(", ", resource.set().item())).append('}');
        }
        return text.toString();
    }

    private static String text(Value.Range range) {
        return Long.toUnsignedString(range.begin()) + "-" + Long.toUnsignedString(range.end());
    }

    private static String annotations(Identity identity) {
        var text = new StringBuilder(identity.name());
        if (identity.allocatedTo() != null) {
            text.append("(allocated: ").append(identity.allocatedTo()).append(')');
        }
        if (!identity.reservations().isEmpty()) {
            var stack = new StringJoiner(",", "(reservations: [", "])");
            identity.reservations().forEach(reservation -> stack.add(text(reservation)));
            text.append(stack);
        }
        if (identity.disk() != null) {
            text.append('[').append(text(identity.disk())).append(']');
        }
        text.append(identity.revocable() ? "{REV}" : "").append(identity.shared() ? "<SHARED>" : "");
        return text.toString();
    }

    private static String text(ReservationInfo reservation) {
        var text = new StringJoiner(",", "(", ")");
        text.add(String.valueOf(reservation.type())).add(String.valueOf(reservation.role()));
        if (reservation.principal() != null) {
            text.add(reservation.principal());
        }
        if (reservation.labels() != null) {
            var labels = new StringJoiner(", ", "{", "}");
            reservation.labels().labels().forEach(label -> labels.add(text(label)));
            text.add(labels.toString());
        }
        return text.toString();
    }

    private static String text(Label label) {
        return label.value() == null ? label.key() : label.key() + ": " + label.value();
    }

    private static String text(DiskInfo disk) {
        var text = new StringJoiner(",");
        if (disk.source() != null) {
            text.add(text(disk.source()));
        }
        if (disk.persistence() != null) {
            String path = disk.volume() == null ? "" : ":" + disk.volume().containerPath();
            text.add(disk.persistence().id() + path);
        }
        return text.toString();
    }

    private static String text(DiskInfo.Source source) {
        String name = joined(source.vendor(), source.id(), source.profile());
        String root = Identity.root(source);
        return source.type() + (name.isEmpty() ? "" : "(" + name + ")") + (root == null ? "" : ":" + root);
    }

    private static String joined(@Nullable String... parts) {
        var text = new StringJoiner(",");
        for (String part : parts) {
            if (part != null) {
                text.add(part);
            }
        }
        return text.toString();
    }
}
