package org.nucleus.master.view;

import java.util.List;
import java.util.SequencedMap;
import org.nucleus.machine.Ordered;

/**
 * What the flags say of roles.
 *
 * @param weights those that were given; every other role weighs 1
 * @param only the only roles that may be used; empty for any
 */
public record ConfiguredRoles(SequencedMap<String, Double> weights, List<String> only) {
    public ConfiguredRoles {
        weights = Ordered.copyOf(weights);
        only = List.copyOf(only);
    }

    public double weight(String role) {
        return weights.getOrDefault(role, 1.0);
    }
}
