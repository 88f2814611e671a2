package org.nucleus.master.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.master.core.state.Policy;
import org.nucleus.master.core.state.Quota;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Roles;
import org.nucleus.wire.FrameworkId;

/**
 * A role and what it has of the cluster.
 *
 * @param quota of its own; none if it has none
 * @param frameworks that are subscribed to it
 */
public record RoleShare(
        String name,
        double weight,
        Quota quota,
        List<FrameworkId> frameworks,
        Resources used,
        Resources offered,
        Resources reserved) {
    public RoleShare {
        frameworks = List.copyOf(frameworks);
    }

    /** What is used and offered together. */
    public Resources allocated() {
        return used.plus(offered);
    }

    /**
     * Every role that a framework, a weight, a reservation or the flag {@code --roles} names, by name. Source:
     * master.cpp, Master::knownRoles.
     */
    public static List<RoleShare> all(Picture picture, ConfiguredRoles configured) {
        SequencedMap<String, Parts> parts = new TreeMap<>();
        picture.policy().weights().keySet().forEach(role -> at(parts, role));
        picture.policy().quotas().keySet().forEach(role -> at(parts, role));
        if (!configured.only().isEmpty()) {
            at(parts, "*");
            configured.only().forEach(role -> at(parts, role));
        }
        picture.frameworks()
                .forEach(framework -> framework
                        .framework()
                        .roles()
                        .forEach(role -> at(parts, role)
                                .frameworks
                                .add(framework.framework().id())));
        for (AgentPicture agent : picture.agents()) {
            agent.used()
                    .allocations()
                    .forEach((role, share) -> at(parts, role).used.add(share.unallocated()));
            agent.offered()
                    .allocations()
                    .forEach((role, share) -> at(parts, role).offered.add(share.unallocated()));
            agent.agent()
                    .total()
                    .reservations()
                    .forEach((role, share) -> at(parts, role).reserved.add(share));
        }
        return parts.entrySet().stream()
                .map(entry -> of(entry, picture.policy()))
                .toList();
    }

    private static RoleShare of(Map.Entry<String, Parts> entry, Policy policy) {
        Parts parts = entry.getValue();
        return new RoleShare(
                entry.getKey(),
                policy.weightOf(entry.getKey()),
                policy.quotas().getOrDefault(entry.getKey(), Quota.NONE),
                parts.frameworks,
                sum(parts.used),
                sum(parts.offered),
                sum(parts.reserved));
    }

    /**
     * What {@code name} and all roles below it consume of a quota: what is reserved to them, and what else they use.
     * Offers are not shown as consumed, though none goes beyond a limit. Source: master.cpp, Role::consumedQuota.
     */
    public static Resources consumed(String name, List<RoleShare> all) {
        List<Resources> parts = new ArrayList<>();
        for (RoleShare role : all) {
            if (role.name().equals(name) || Roles.isBelow(role.name(), name)) {
                parts.add(role.reserved().toUnreserved());
                parts.add(role.used().unreserved().nonRevocable());
            }
        }
        return Resources.sum(parts);
    }

    private static Resources sum(Collection<Resources> parts) {
        return Resources.sum(parts);
    }

    private static Parts at(Map<String, Parts> parts, String role) {
        return parts.computeIfAbsent(role, _ -> new Parts());
    }

    /** What is collected for a role. */
    private static final class Parts {
        private final List<FrameworkId> frameworks = new ArrayList<>();
        private final List<Resources> used = new ArrayList<>();
        private final List<Resources> offered = new ArrayList<>();
        private final List<Resources> reserved = new ArrayList<>();
    }
}
