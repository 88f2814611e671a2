package org.nucleus.wire.scheduler;

import java.util.List;
import java.util.Map;
import org.nucleus.machine.Ordered;

/** {@code scheduler.OfferConstraints}. Source: v1/scheduler/scheduler.proto. */
public record OfferConstraints(Map<String, OfferConstraints.RoleConstraints> roleConstraints) {
    public OfferConstraints {
        roleConstraints = Ordered.copyOf(roleConstraints);
    }

    /** {@code scheduler.OfferConstraints.RoleConstraints}. Source: v1/scheduler/scheduler.proto. */
    public record RoleConstraints(List<OfferConstraints.RoleConstraints.Group> groups) {
        public RoleConstraints {
            groups = List.copyOf(groups);
        }

        /** {@code scheduler.OfferConstraints.RoleConstraints.Group}. Source: v1/scheduler/scheduler.proto. */
        public record Group(List<AttributeConstraint> attributeConstraints) {
            public Group {
                attributeConstraints = List.copyOf(attributeConstraints);
            }
        }
    }
}
