package org.nucleus.master.core.framework;

import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nucleus.master.core.state.AgentConstraints;
import org.nucleus.resources.TextPattern;
import org.nucleus.wire.scheduler.AttributeConstraint;
import org.nucleus.wire.scheduler.AttributeConstraint.Predicate;
import org.nucleus.wire.scheduler.AttributeConstraint.Selector;
import org.nucleus.wire.scheduler.OfferConstraints;

/** What offer constraints must look like. Source: master/allocator/mesos/offer_constraints_filter.cpp; validation.cpp. */
final class ConstraintRules {
    private ConstraintRules() {}

    /** Why these constraints can't be honoured; empty if they can. */
    static Optional<String> refusal(@Nullable OfferConstraints constraints, SequencedSet<String> roles, int sizeMost) {
        if (constraints == null) {
            return Optional.empty();
        }
        for (var entry : constraints.roleConstraints().entrySet()) {
            if (!roles.contains(entry.getKey())) {
                return Optional.of("Offer constraints specify 'role_constraints' for role '" + entry.getKey()
                        + "' to which the framework is not subscribed");
            }
            Optional<String> fault = fault(entry.getValue());
            if (fault.isPresent()) {
                return fault.map(why -> "Offer constraints for role '" + entry.getKey() + "' are not valid: " + why);
            }
        }
        try {
            AgentConstraints.of(constraints, sizeMost);
            return Optional.empty();
        } catch (TextPattern.Unusable e) {
            return Optional.of("Offer constraints are not valid: " + e.getMessage());
        }
    }

    private static Optional<String> fault(OfferConstraints.RoleConstraints constraints) {
        if (constraints.groups().isEmpty()) {
            return Optional.of("'groups' must not be empty");
        }
        for (var group : constraints.groups()) {
            if (group.attributeConstraints().isEmpty()) {
                return Optional.of("'attribute_constraints' must not be empty");
            }
            for (AttributeConstraint constraint : group.attributeConstraints()) {
                if (!isComplete(constraint.selector())) {
                    return Optional.of("a 'selector' must name one attribute, or one known pseudoattribute");
                }
                if (countOf(constraint.predicate()) != 1) {
                    return Optional.of("a 'predicate' must be exactly one of those known");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isComplete(Selector selector) {
        var pseudo = selector.pseudoattributeType();
        boolean named = selector.attributeName() != null;
        return pseudo == null ? named : !named && pseudo != Selector.PseudoattributeType.UNKNOWN;
    }

    private static long countOf(Predicate predicate) {
        return Stream.<@Nullable Record>of(
                        predicate.exists(),
                        predicate.notExists(),
                        predicate.textEquals(),
                        predicate.textNotEquals(),
                        predicate.textMatches(),
                        predicate.textNotMatches())
                .filter(each -> each != null)
                .count();
    }
}
