package org.nucleus.resources;

import java.util.List;
import org.nucleus.machine.Invariant;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.AllocationInfo;
import org.nucleus.wire.Resource.RevocableInfo;
import org.nucleus.wire.Resource.SharedInfo;

/**
 * One line of {@link Resources}. {@code copies} counts how often a resource that cannot be merged occurs: the users of
 * a shared volume; it is 1 for everything that can be merged.
 */
record Entry(Identity identity, Amount amount, int copies) {
    Entry {
        Invariant.check(copies > 0, "no copies", identity);
    }

    Entry(Identity identity, Amount amount) {
        this(identity, amount, 1);
    }

    static Entry of(Resource resource) {
        return new Entry(Identity.of(resource), Amount.of(resource));
    }

    /** Orders entries; equal ones are added up, and there is one of them in canonical resources. */
    int compareWith(Entry other) {
        int order = identity.compareTo(other.identity);
        return order == 0 && !identity.mergeable() ? amount.compareWith(other.amount) : order;
    }

    boolean contains(Entry part) {
        return identity.mergeable() ? amount.contains(part.amount) : copies >= part.copies;
    }

    Entry plus(Entry other) {
        return identity.mergeable()
                ? new Entry(identity, amount.plus(other.amount))
                : new Entry(identity, amount, copies + other.copies);
    }

    /** The sum of entries that are equal in order, in one go however many there are. */
    static Entry sum(List<Entry> same) {
        Entry first = same.getFirst();
        if (same.size() == 1) {
            return first;
        }
        if (first.identity.mergeable()) {
            return new Entry(
                    first.identity, Amount.sum(same.stream().map(Entry::amount).toList()));
        }
        return new Entry(
                first.identity,
                first.amount,
                same.stream().mapToInt(Entry::copies).sum());
    }

    boolean isUsedUpBy(Entry part) {
        return identity.mergeable() ? amount.equals(part.amount) : copies == part.copies;
    }

    Entry minus(Entry part) {
        return identity.mergeable()
                ? new Entry(identity, amount.minus(part.amount))
                : new Entry(identity, amount, copies - part.copies);
    }

    Entry with(Identity changed) {
        return new Entry(changed, amount, copies);
    }

    /** The thousandths of a scalar, 0 of anything else. A shared volume counts once. */
    long thousandths() {
        return amount instanceof Amount.Thousandths(long count) ? count * (identity.shared() ? 1 : copies) : 0;
    }

    Resource toWire(Reservations.Form form) {
        Resource.Builder resource = Resource.builder()
                .name(identity.name())
                .type(identity.type())
                .providerId(identity.provider())
                .disk(identity.disk());
        if (identity.allocatedTo() != null) {
            resource.allocationInfo(new AllocationInfo(identity.allocatedTo()));
        }
        if (identity.revocable()) {
            resource.revocable(new RevocableInfo());
        }
        if (identity.shared()) {
            resource.shared(new SharedInfo());
        }
        amount.writeTo(resource);
        Reservations.write(resource, identity.reservations(), form);
        return resource.build();
    }
}
