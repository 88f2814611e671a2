package org.nucleus.master.core.state;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Roles;
import org.nucleus.resources.Scalar;
import org.nucleus.wire.FrameworkId;

/**
 * How much of each scalar resource every framework holds for every role, used or offered, and how much there is: arrays
 * of thousandths, one place per resource name in the order the names were first seen. What fairness is computed from.
 */
public final class Shares {
    private final SequencedMap<String, Integer> places = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<FrameworkId, Share>> byRole = new LinkedHashMap<>();
    private final SequencedMap<String, Share> charged = new LinkedHashMap<>();
    private final Share allCharged = new Share();
    private final Share totals = new Share();

    Shares() {}

    /** What one framework holds for one role. */
    public static final class Share {
        private long[] amounts = new long[4];
        private long allocations;

        /** Amounts by place; may be shorter than the number of places: what is missing is zero. */
        public long[] amounts() {
            return amounts.clone();
        }

        public long amount(int place) {
            return place < amounts.length ? amounts[place] : 0;
        }

        /** How many offers were made so far: the tie-break among equal shares. */
        public long allocations() {
            return allocations;
        }

        private void add(int place, long thousandths) {
            if (place >= amounts.length) {
                amounts = Arrays.copyOf(amounts, Math.max(place + 1, amounts.length * 2));
            }
            amounts[place] += thousandths;
        }

        private boolean isZero() {
            for (long amount : amounts) {
                if (amount != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** How many resource names there are: places go from 0 to below this. */
    public int width() {
        return places.size();
    }

    /** The place of a resource name; negative if there is none. */
    public int placeOf(String name) {
        return places.getOrDefault(name, -1);
    }

    /** What all agents have together. */
    public Share totals() {
        return totals;
    }

    /** Roles in which any framework holds or held something. */
    public Iterable<String> roles() {
        return byRole.sequencedKeySet();
    }

    /** The frameworks that hold or held something for {@code role}. */
    public SequencedMap<FrameworkId, Share> of(String role) {
        return byRole.getOrDefault(role, new LinkedHashMap<>());
    }

    /**
     * What quotas charge to the role {@code top} and all below it, in thousandths: what is reserved to them, used or
     * not, and what else they use or are offered. Source: hierarchical.cpp, RoleTree, quotaConsumed.
     */
    public long charged(String top, int place) {
        Share share = charged.get(top);
        return share == null ? 0 : share.amount(place);
    }

    /** What quotas charge to all roles together, whether they have a quota or not: the rest is free for any role. */
    public long charged(int place) {
        return allCharged.amount(place);
    }

    void addTotal(Resources resources, int sign) {
        add(totals, resources.scalars(), sign);
        resources.reservations().forEach((role, reserved) -> charge(role, reserved.scalars(), sign));
    }

    void add(FrameworkId framework, String role, Resources resources, int sign) {
        List<Scalar> scalars = resources.scalars();
        add(share(framework, role), scalars, sign);
        Resources plain = resources.unreserved().nonRevocable();
        charge(role, plain == resources ? scalars : plain.scalars(), sign);
    }

    private void charge(String role, List<Scalar> scalars, int sign) {
        add(charged.computeIfAbsent(Roles.top(role), _ -> new Share()), scalars, sign);
        add(allCharged, scalars, sign);
    }

    void countAllocation(FrameworkId framework, String role) {
        share(framework, role).allocations++;
    }

    /** Forgets a framework that holds nothing any more. */
    void forget(FrameworkId framework) {
        charged.values().removeIf(Share::isZero);
        byRole.values().removeIf(frameworks -> {
            Share share = frameworks.get(framework);
            if (share != null && share.isZero()) {
                frameworks.remove(framework);
            }
            return frameworks.isEmpty();
        });
    }

    private Share share(FrameworkId framework, String role) {
        return byRole.computeIfAbsent(role, _ -> new LinkedHashMap<>()).computeIfAbsent(framework, _ -> new Share());
    }

    private void add(Share share, List<Scalar> scalars, int sign) {
        for (Scalar scalar : scalars) {
            int place = places.computeIfAbsent(scalar.name(), _ -> places.size());
            share.add(place, sign * scalar.thousandths());
        }
    }
}
