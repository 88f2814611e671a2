package org.nucleus.resources;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Invariant;
import org.nucleus.machine.Ordered;
import org.nucleus.wire.Resource;
import org.nucleus.wire.Resource.ReservationInfo;
import org.nucleus.wire.Value;

/**
 * An immutable bag of resources in canonical form: what can be added is added, nothing is empty, and the order depends
 * on the content alone, so that equal contents are equal values however they came about. Persistent volumes and disks
 * that are used whole are never merged; a shared volume counts its users. Sum, difference and containment walk both
 * sides once. Source: the original's {@code common/resources.cpp}.
 */
public final class Resources {
    private static final Resources NONE = new Resources(List.of());

    private final List<Entry> entries;

    private Resources(List<Entry> entries) {
        this.entries = entries;
    }

    public static Resources none() {
        return NONE;
    }

    /**
     * The resources of a message, checked: of either form of reservation.
     *
     * @throws InvalidResources naming the first resource that breaks a rule, and the rule
     */
    public static Resources of(List<Resource> resources) {
        List<Entry> entries = new ArrayList<>(resources.size());
        long total = 0;
        for (Resource resource : resources) {
            ResourceRules.check(resource);
            Entry entry = Entry.of(resource);
            total += entry.thousandths();
            ResourceRules.checkTotal(total, resource);
            entries.add(entry);
        }
        return canonical(entries);
    }

    public static Resources of(Resource... resources) {
        return of(Arrays.asList(resources));
    }

    /** The sum of all, made in one go. */
    public static Resources sum(Collection<Resources> parts) {
        List<Entry> entries = new ArrayList<>();
        parts.forEach(part -> entries.addAll(part.entries));
        return canonical(entries);
    }

    /** The wire form that every client reads: see {@link Reservations.Form#PLAIN}. */
    public List<Resource> toList() {
        return toList(Reservations.Form.PLAIN);
    }

    public List<Resource> toList(Reservations.Form form) {
        List<Resource> list = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            int times = entry.identity().shared() ? 1 : entry.copies();
            for (int i = 0; i < times; i++) {
                list.add(entry.toWire(form));
            }
        }
        return list;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public Resources plus(Resources other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        List<Entry> result = new ArrayList<>(entries.size() + other.entries.size());
        int mine = 0;
        int theirs = 0;
        while (mine < entries.size() && theirs < other.entries.size()) {
            Entry left = entries.get(mine);
            Entry right = other.entries.get(theirs);
            int order = left.compareWith(right);
            result.add(order == 0 ? left.plus(right) : order < 0 ? left : right);
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        result.addAll(entries.subList(mine, entries.size()));
        result.addAll(other.entries.subList(theirs, other.entries.size()));
        return new Resources(result);
    }

    /** What remains without {@code part}, which must be contained: ask {@link #contains} first. */
    public Resources minus(Resources part) {
        Optional<Resources> rest = without(part);
        Invariant.check(rest.isPresent(), "minus of what is not contained", part);
        return rest.get();
    }

    /** What remains without {@code part}; empty if not all of it is there. */
    public Optional<Resources> without(Resources part) {
        if (part.isEmpty()) {
            return Optional.of(this);
        }
        List<Entry> result = new ArrayList<>(entries.size());
        int next = 0;
        for (Entry entry : entries) {
            Entry taken = next < part.entries.size() ? part.entries.get(next) : null;
            if (taken == null || entry.compareWith(taken) != 0) {
                result.add(entry);
                continue;
            }
            if (!entry.contains(taken)) {
                return Optional.empty();
            }
            if (!entry.isUsedUpBy(taken)) {
                result.add(entry.minus(taken));
            }
            next++;
        }
        if (next < part.entries.size()) {
            return Optional.empty();
        }
        return Optional.of(result.isEmpty() ? NONE : new Resources(result));
    }

    /** What may be given to others while {@code part} is in use: shared volumes may, again and again. */
    public Optional<Resources> besides(Resources part) {
        return contains(part.shared().oneOfEachShared()) ? without(part.nonShared()) : Optional.empty();
    }

    public boolean contains(Resources part) {
        int mine = 0;
        for (Entry wanted : part.entries) {
            while (mine < entries.size() && entries.get(mine).compareWith(wanted) < 0) {
                mine++;
            }
            if (mine == entries.size()
                    || entries.get(mine).compareWith(wanted) != 0
                    || !entries.get(mine).contains(wanted)) {
                return false;
            }
            mine++;
        }
        return true;
    }

    /** The total of all scalars of that name, whatever role, disk or allocation keeps them apart. */
    public long thousandths(String scalarName) {
        long total = 0;
        for (Entry entry : entries) {
            if (entry.identity().name().equals(scalarName)) {
                total += entry.thousandths();
            }
        }
        return total;
    }

    /** The totals of all scalars, in the order of {@link #toList}. */
    public List<Scalar> scalars() {
        List<Scalar> totals = new ArrayList<>();
        for (Entry entry : entries) {
            boolean known = !totals.isEmpty()
                    && totals.getLast().name().equals(entry.identity().name());
            if (entry.amount() instanceof Amount.Thousandths) {
                long before = known ? totals.removeLast().thousandths() : 0;
                totals.add(new Scalar(entry.identity().name(), before + entry.thousandths()));
            }
        }
        return totals;
    }

    /** The names, each once, in the order of {@link #toList}. */
    public List<String> names() {
        return entries.stream().map(entry -> entry.identity().name()).distinct().toList();
    }

    /** The ranges of all resources named {@code ports}, coalesced. */
    public List<Value.Range> ports() {
        return ranges("ports").toList();
    }

    /** The ranges of all resources of that name together. */
    public Ranges ranges(String name) {
        List<Ranges> parts = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.amount() instanceof Ranges ranges
                    && entry.identity().name().equals(name)) {
                parts.add(ranges);
            }
        }
        return Ranges.sum(parts);
    }

    /** The same with allocation_info.role set everywhere. */
    public Resources allocatedTo(String role) {
        return changed(identity -> identity.withAllocation(role));
    }

    /** The same without allocation_info. */
    public Resources unallocated() {
        return changed(identity -> identity.withAllocation(null));
    }

    /** The parts by the role they are allocated to, in the order of the roles' names; the unallocated are left out. */
    public SequencedMap<String, Resources> allocations() {
        SequencedMap<String, List<Entry>> parts = new TreeMap<>();
        for (Entry entry : entries) {
            String role = entry.identity().allocatedTo();
            if (role != null) {
                parts.computeIfAbsent(role, key -> new ArrayList<>()).add(entry);
            }
        }
        return grouped(parts);
    }

    /** The reserved parts by the role they are reserved for, in the order of the roles' names. */
    public SequencedMap<String, Resources> reservations() {
        SequencedMap<String, List<Entry>> parts = new TreeMap<>();
        for (Entry entry : entries) {
            if (!entry.identity().reservations().isEmpty()) {
                parts.computeIfAbsent(entry.identity().reservedTo(), key -> new ArrayList<>())
                        .add(entry);
            }
        }
        return grouped(parts);
    }

    public Resources reserved() {
        return where(entry -> !entry.identity().reservations().isEmpty());
    }

    public Resources reservedTo(String role) {
        return where(entry -> !entry.identity().reservations().isEmpty()
                && entry.identity().reservedTo().equals(role));
    }

    public Resources unreserved() {
        return where(entry -> entry.identity().reservations().isEmpty());
    }

    /** What may be offered to {@code role}: the unreserved, and what is reserved for it or for a role above it. */
    public Resources allocatableTo(String role) {
        return where(entry -> entry.identity().reservations().isEmpty()
                || entry.identity().reservedTo().equals(role)
                || Roles.isBelow(role, entry.identity().reservedTo()));
    }

    public Resources revocable() {
        return where(entry -> entry.identity().revocable());
    }

    public Resources nonRevocable() {
        return where(entry -> !entry.identity().revocable());
    }

    public Resources shared() {
        return where(entry -> entry.identity().shared());
    }

    public Resources nonShared() {
        return where(entry -> !entry.identity().shared());
    }

    public Resources persistentVolumes() {
        return where(entry -> entry.identity().isPersistentVolume());
    }

    /** Those with more than one reservation, which only clients with RESERVATION_REFINEMENT understand. */
    public Resources refined() {
        return where(entry -> entry.identity().reservations().size() > 1);
    }

    public Resources notRefined() {
        return where(entry -> entry.identity().reservations().size() <= 1);
    }

    public Resources named(String name) {
        return where(entry -> entry.identity().name().equals(name));
    }

    public Resources onlyScalars() {
        return where(entry -> entry.amount() instanceof Amount.Thousandths);
    }

    public Resources withoutScalars() {
        return where(entry -> !(entry.amount() instanceof Amount.Thousandths));
    }

    /** One copy of each shared volume, however many use it: how a shared volume is offered. */
    public Resources oneOfEachShared() {
        return new Resources(entries.stream()
                .map(entry -> entry.identity().shared() ? new Entry(entry.identity(), entry.amount()) : entry)
                .toList());
    }

    /** The same, reserved once more by {@code reservation}. */
    public Resources reservedBy(ReservationInfo reservation) {
        return changed(identity -> {
            List<ReservationInfo> stack = new ArrayList<>(identity.reservations());
            stack.add(reservation);
            return identity.withReservations(List.copyOf(stack));
        });
    }

    /** The same without the outermost reservation of each; all must be reserved. */
    public Resources unreservedOnce() {
        return changed(identity -> {
            List<ReservationInfo> stack = identity.reservations();
            Invariant.check(!stack.isEmpty(), "not reserved", identity);
            return identity.withReservations(List.copyOf(stack.subList(0, stack.size() - 1)));
        });
    }

    /** The same without any reservation. */
    public Resources toUnreserved() {
        return changed(identity -> identity.withReservations(List.of()));
    }

    /** What its persistent volumes were made from, and become again when destroyed. */
    public Resources withoutPersistence() {
        return changed(identity -> identity.isPersistentVolume() ? identity.withoutPersistence() : identity);
    }

    /** What an agent must remember: dynamic reservations and persistent volumes. */
    public Resources checkpointed() {
        return where(entry -> !entry.identity().asConfigured().equals(entry.identity()));
    }

    /** The same before anybody reserved them dynamically or made volumes of them. */
    public Resources asConfigured() {
        return changed(Identity::asConfigured);
    }

    /** Those that may be added to some of {@code other}, or are among them. */
    public Resources ofKindsIn(Resources other) {
        return where(entry -> other.entries.stream().anyMatch(known -> known.compareWith(entry) == 0));
    }

    /**
     * Scalars cut down so that the total of each name in {@code most} (thousandths) is not exceeded; other names are
     * left alone. What cannot be split, a mounted disk or a volume, is in or out as a whole.
     */
    public Resources atMost(Map<String, Long> most) {
        List<Entry> result = new ArrayList<>(entries.size());
        Map<String, Long> left = new TreeMap<>(most);
        for (Entry entry : entries) {
            Long room = left.get(entry.identity().name());
            if (room == null || !(entry.amount() instanceof Amount.Thousandths)) {
                result.add(entry);
                continue;
            }
            Entry kept = entry.thousandths() <= room ? entry : cut(entry, room);
            if (kept != null) {
                result.add(kept);
                left.put(entry.identity().name(), room - kept.thousandths());
            }
        }
        return new Resources(result);
    }

    /**
     * A part of these that adds up to {@code wanted}, reserved resources first; empty if there is not enough. Volumes,
     * disks with a source, revocable and shared resources are not touched.
     */
    public Optional<Resources> take(Scalar wanted) {
        List<Entry> taken = new ArrayList<>();
        long missing = wanted.thousandths();
        for (Entry entry : plainReservedFirst(wanted.name())) {
            long part = Math.min(missing, entry.thousandths());
            if (part > 0) {
                taken.add(new Entry(entry.identity(), new Amount.Thousandths(part)));
                missing -= part;
            }
        }
        return missing == 0 ? Optional.of(canonical(taken)) : Optional.empty();
    }

    /** The part of these that holds exactly {@code wanted} of the ranges named {@code name}, reserved ones first. */
    public Optional<Resources> take(String name, Ranges wanted) {
        List<Entry> taken = new ArrayList<>();
        Ranges missing = wanted;
        for (Entry entry : plainReservedFirst(name)) {
            if (entry.amount() instanceof Ranges ranges && ranges.intersects(missing)) {
                taken.add(new Entry(entry.identity(), ranges.and(missing)));
                missing = missing.minus(ranges);
            }
        }
        return missing.isEmpty() ? Optional.of(canonical(taken)) : Optional.empty();
    }

    /** The amounts by name alone, for people: {@code cpus:1; mem:128; ports:[31000-31001]}. */
    public String toShortText() {
        return ResourceText.shortText(entries);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resources resources && entries.equals(resources.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** As the original prints them in its messages: {@code cpus(allocated: *):1; mem(allocated: *):128}. */
    @Override
    public String toString() {
        return ResourceText.text(entries);
    }

    private List<Entry> plainReservedFirst(String name) {
        List<Entry> plain = new ArrayList<>();
        for (Entry entry : entries.reversed()) {
            Identity identity = entry.identity();
            if (identity.name().equals(name) && identity.disk() == null && !identity.revocable()) {
                plain.add(entry);
            }
        }
        return plain;
    }

    private static @Nullable Entry cut(Entry entry, long room) {
        return room > 0 && entry.identity().mergeable()
                ? new Entry(entry.identity(), new Amount.Thousandths(room))
                : null;
    }

    private Resources where(Predicate<Entry> predicate) {
        List<Entry> kept = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (predicate.test(entry)) {
                kept.add(entry);
            }
        }
        if (kept.isEmpty()) {
            return NONE;
        }
        return kept.size() == entries.size() ? this : new Resources(kept);
    }

    private Resources changed(UnaryOperator<Identity> change) {
        List<Entry> result = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            result.add(entry.with(change.apply(entry.identity())));
        }
        return canonical(result);
    }

    private static SequencedMap<String, Resources> grouped(SequencedMap<String, List<Entry>> parts) {
        SequencedMap<String, Resources> result = new TreeMap<>();
        parts.forEach((key, entries) -> result.put(key, new Resources(entries)));
        return Ordered.copyOf(result);
    }

    /** Sorts, adds up what can be added, drops what is empty. */
    private static Resources canonical(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            if (!entry.amount().isEmpty()) {
                sorted.add(entry);
            }
        }
        sorted.sort(Entry::compareWith);
        List<Entry> result = new ArrayList<>(sorted.size());
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || sorted.get(from).compareWith(sorted.get(to)) != 0) {
                result.add(Entry.sum(sorted.subList(from, to)));
                from = to;
            }
        }
        return result.isEmpty() ? NONE : new Resources(result);
    }
}
