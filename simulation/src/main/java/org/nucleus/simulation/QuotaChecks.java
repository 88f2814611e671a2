package org.nucleus.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.nucleus.master.core.state.Agent;
import org.nucleus.master.core.state.Effect;
import org.nucleus.master.core.state.MasterState;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Roles;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Resource;
import org.nucleus.wire.scheduler.Event;

/**
 * No offer is made that, with all that its role uses and is offered, exceeds the role's limit. Roles may be beyond
 * their limit all the same: an operator may lower it, and agents may bring back what a new leader did not know of.
 */
final class QuotaChecks {
    private QuotaChecks() {}

    static void stepped(MasterState state, List<Effect> effects) {
        if (state.policy().quotas().isEmpty()) {
            return;
        }
        SequencedMap<String, Resources> offered = new LinkedHashMap<>();
        for (Effect effect : effects) {
            Event event = effect instanceof Effect.SendEvent(var _, var sent) ? sent : null;
            if (event != null && event.offers() != null) {
                event.offers().offers().forEach(offer -> add(offer, offered));
            }
        }
        offered.forEach((role, resources) -> check(state, role, resources));
    }

    private static void add(Offer offer, SequencedMap<String, Resources> offered) {
        Resource.AllocationInfo allocation = offer.allocationInfo();
        String role = allocation == null ? roleOf(offer) : allocation.role();
        offered.merge(Roles.top(role == null ? "*" : role), Resources.of(offer.resources()), Resources::plus);
    }

    /** Of an offer that was made ready for a framework of one role. */
    private static String roleOf(Offer offer) {
        for (Resource resource : offer.resources()) {
            if (resource.allocationInfo() != null && resource.allocationInfo().role() != null) {
                return resource.allocationInfo().role();
            }
        }
        return "*";
    }

    private static void check(MasterState state, String role, Resources justOffered) {
        for (Map.Entry<String, Long> limit :
                state.policy().quotaOf(role).limits().entrySet()) {
            long taken = taken(state, role, limit.getKey());
            Broken.unless(
                    taken <= limit.getValue() || justOffered.unreserved().thousandths(limit.getKey()) == 0,
                    "an offer exceeds its role's limit",
                    role,
                    limit,
                    taken,
                    justOffered);
        }
    }

    private static long taken(MasterState state, String role, String name) {
        long sum = 0;
        for (Agent agent : state.agents().all()) {
            Resources taken =
                    state.agents().used(agent.id()).plus(state.agents().offered(agent.id()));
            for (Map.Entry<String, Resources> part : taken.allocations().entrySet()) {
                if (Roles.top(part.getKey()).equals(role)) {
                    sum += part.getValue().thousandths(name);
                }
            }
        }
        return sum;
    }
}
