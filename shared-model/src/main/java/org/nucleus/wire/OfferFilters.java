package org.nucleus.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;

/** {@code OfferFilters}. Source: v1/mesos.proto. */
public record OfferFilters(OfferFilters.@Nullable MinAllocatableResources minAllocatableResources) {

    /** {@code OfferFilters.ResourceQuantities}. Source: v1/mesos.proto. */
    public record ResourceQuantities(Map<String, Value.Scalar> quantities) {
        public ResourceQuantities {
            quantities = Ordered.copyOf(quantities);
        }
    }

    /** {@code OfferFilters.MinAllocatableResources}. Source: v1/mesos.proto. */
    public record MinAllocatableResources(List<OfferFilters.ResourceQuantities> quantities) {
        public MinAllocatableResources {
            quantities = List.copyOf(quantities);
        }
    }
}
