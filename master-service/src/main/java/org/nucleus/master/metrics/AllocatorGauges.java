package org.nucleus.master.metrics;

import java.util.List;
import java.util.Map;
import org.nucleus.master.core.state.Picture;
import org.nucleus.master.view.ConfiguredRoles;
import org.nucleus.master.view.RoleShare;
import org.nucleus.resources.Resources;
import org.nucleus.resources.Scalar;

/** What the allocator has shared out. Source of the names: master/allocator/mesos/metrics.cpp. */
final class AllocatorGauges {
    private static final String PREFIX = "allocator/mesos/";
    private static final List<String> NAMES = List.of("cpus", "gpus", "mem", "disk");

    private AllocatorGauges() {}

    static void add(Map<String, Double> values, Picture picture) {
        Resources total = Resources.sum(picture.agents().stream()
                .map(agent -> agent.agent().total().onlyScalars())
                .toList());
        List<RoleShare> roles = RoleShare.all(picture, new ConfiguredRoles(List.of()));
        for (String name : NAMES) {
            long held = 0;
            for (RoleShare role : roles) {
                held += role.allocated().thousandths(name);
            }
            values.put(PREFIX + "resources/" + name + "/total", Scalar.toDouble(total.thousandths(name)));
            values.put(PREFIX + "resources/" + name + "/offered_or_allocated", Scalar.toDouble(held));
        }
        for (RoleShare role : roles) {
            values.put(PREFIX + "roles/" + role.name() + "/shares/dominant", dominant(role.allocated(), total));
            addQuota(values, role, roles);
        }
        picture.filters()
                .forEach((role, count) ->
                        values.put(PREFIX + "offer_filters/roles/" + role + "/active", (double) count));
    }

    private static void addQuota(Map<String, Double> values, RoleShare role, List<RoleShare> all) {
        String prefix = PREFIX + "quota/roles/" + role.name() + "/resources/";
        role.quota()
                .guarantees()
                .forEach((name, amount) -> values.put(prefix + name + "/guarantee", Scalar.toDouble(amount)));
        role.quota().limits().forEach((name, amount) -> values.put(prefix + name + "/limit", Scalar.toDouble(amount)));
        if (!role.quota().isNone()) {
            Resources held =
                    RoleShare.consumed(role.name(), all).plus(role.offered().unreserved());
            held.scalars()
                    .forEach(scalar -> values.put(prefix + scalar.name() + "/offered_or_allocated", scalar.value()));
        }
    }

    private static double dominant(Resources held, Resources total) {
        double most = 0;
        for (Scalar scalar : held.scalars()) {
            long all = total.thousandths(scalar.name());
            most = all == 0 ? most : Math.max(most, (double) scalar.thousandths() / all);
        }
        return most;
    }
}
