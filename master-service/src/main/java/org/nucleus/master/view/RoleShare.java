package org.nucleus.master.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.core.state.Picture.AgentPicture;
import org.nucleus.resources.Resources;
import org.nucleus.wire.FrameworkId;

/**
 * A role and what it has of the cluster.
 *
 * @param frameworks that are subscribed to it
 */
public record RoleShare(
        String name,
        double weight,
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
        configured.weights().keySet().forEach(role -> at(parts, role));
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
        return parts.entrySet().stream().map(entry -> of(entry, configured)).toList();
    }

    private static RoleShare of(Map.Entry<String, Parts> entry, ConfiguredRoles configured) {
        Parts parts = entry.getValue();
        return new RoleShare(
                entry.getKey(),
                configured.weight(entry.getKey()),
                parts.frameworks,
                sum(parts.used),
                sum(parts.offered),
                sum(parts.reserved));
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
