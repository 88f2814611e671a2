package org.nucleus.master.core.allocation;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.master.core.state.Policy;
import org.nucleus.master.core.state.Quota;
import org.nucleus.master.core.state.Shares;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Roles;
import org.nucleus.resources.Scalar;

/**
 * How much quotas let a role have. Its limit bounds it; and what other roles are still promised stays free for them,
 * wherever in the cluster it is. Always up to date: it computes from the sums of the state. Source: hierarchical.cpp,
 * __allocate; docs/quota.md of the original.
 */
public final class QuotaHeadroom {
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Shares shares;
    private final Policy policy;

    public QuotaHeadroom(MasterState state) {
        this.shares = state.shares();
        this.policy = state.policy();
    }

    /** Whether any quota is set: without one, everything fits. */
    public boolean isNeeded() {
        return !policy.quotas().isEmpty();
    }

    /** The part of {@code resources} that {@code role} may be offered: unreserved scalars are cut down. */
    public Resources fit(String role, Resources resources) {
        if (!isNeeded()) {
            return resources;
        }
        Resources plain = resources.unreserved().nonRevocable();
        SequencedMap<String, Long> most = new LinkedHashMap<>();
        for (Scalar scalar : plain.scalars()) {
            long room = room(Roles.top(role), scalar.name());
            if (room < scalar.thousandths()) {
                most.put(scalar.name(), Math.max(0, room));
            }
        }
        return most.isEmpty() ? resources : resources.minus(plain).plus(plain.atMost(most));
    }

    /** Whether {@code role} is promised more than it has, and {@code resources} have some of that. */
    public boolean helps(String role, Resources resources) {
        String top = Roles.top(role);
        for (String name : policy.quotaOf(role).guarantees().keySet()) {
            if (missing(top, name) > 0 && resources.unreserved().nonRevocable().thousandths(name) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code role} is promised more of {@code name} than it has. */
    public boolean lacks(String role, String name) {
        return missing(Roles.top(role), name) > 0;
    }

    /** How far {@code role} is above its limit of {@code name}; 0 if it isn't. */
    public long excess(String role, String name) {
        String top = Roles.top(role);
        Long limit = policy.quotaOf(top).limits().get(name);
        return limit == null ? 0 : Math.max(0, charged(top, name) - limit);
    }

    /** How much less is free in the cluster than roles are still promised; 0 if there is enough. */
    public long shortage(String name) {
        long promised = promised(name);
        return promised == 0 ? 0 : Math.max(0, promised - free(name));
    }

    private long room(String top, String name) {
        Long limit = policy.quotaOf(top).limits().get(name);
        long byLimit = limit == null ? UNBOUNDED : limit - charged(top, name);
        long promised = promised(name);
        long byPromises = promised == 0 ? UNBOUNDED : missing(top, name) + Math.max(0, free(name) - promised);
        return Math.min(byLimit, byPromises);
    }

    private long promised(String name) {
        long sum = 0;
        for (String role : policy.quotas().keySet()) {
            sum += missing(role, name);
        }
        return sum;
    }

    private long missing(String top, String name) {
        Quota quota = policy.quotas().get(top);
        long guarantee = quota == null ? 0 : quota.guarantees().getOrDefault(name, 0L);
        return guarantee == 0 ? 0 : Math.max(0, guarantee - charged(top, name));
    }

    private long charged(String top, String name) {
        int place = shares.placeOf(name);
        return place < 0 ? 0 : shares.charged(top, place);
    }

    private long free(String name) {
        int place = shares.placeOf(name);
        return place < 0 ? 0 : shares.totals().amount(place) - shares.charged(place);
    }
}
