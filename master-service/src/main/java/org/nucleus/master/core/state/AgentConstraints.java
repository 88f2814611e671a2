package org.nucleus.master.core.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.nucleus.machine.Ordered;
import org.nucleus.resources.TextPattern;
import org.nucleus.wire.AgentInfo;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.DomainInfo;
import org.nucleus.wire.Value;
import org.nucleus.wire.scheduler.AttributeConstraint;
import org.nucleus.wire.scheduler.AttributeConstraint.Predicate;
import org.nucleus.wire.scheduler.AttributeConstraint.Selector;
import org.nucleus.wire.scheduler.OfferConstraints;

/**
 * Which agents a framework wants to be offered, by role: one of several groups must hold, a group holds if all its
 * conditions do. A role without groups wants any. Source: master/allocator/mesos/offer_constraints_filter.cpp.
 */
public final class AgentConstraints {
    public static final AgentConstraints NONE = new AgentConstraints(new LinkedHashMap<>());

    private final SequencedMap<String, List<Group>> byRole;

    private AgentConstraints(SequencedMap<String, List<Group>> byRole) {
        this.byRole = Ordered.copyOf(byRole);
    }

    /** Conditions that must all hold. */
    private record Group(List<Condition> conditions) {
        boolean holds(AgentInfo agent) {
            return conditions.stream().allMatch(condition -> condition.holds(agent));
        }
    }

    /** One predicate on one attribute, or on what stands for one. */
    private record Condition(
            Selector selector,
            Predicate predicate,
            @Nullable TextPattern pattern) {
        boolean holds(AgentInfo agent) {
            Selected selected = select(selector, agent);
            if (predicate.exists() != null) {
                return selected.exists();
            }
            if (predicate.notExists() != null) {
                return !selected.exists();
            }
            boolean negated = predicate.textNotEquals() != null || predicate.textNotMatches() != null;
            if (!selected.exists()) {
                return negated;
            }
            return selected.text() == null || fits(selected.text()) != negated;
        }

        private boolean fits(String text) {
            if (pattern != null) {
                return pattern.matches(text);
            }
            String wanted = predicate.textEquals() != null
                    ? predicate.textEquals().value()
                    : predicate.textNotEquals() != null
                            ? predicate.textNotEquals().value()
                            : "";
            return text.equals(wanted);
        }
    }

    /** @param text absent if what exists is no text: no predicate on texts speaks of it, so all hold */
    private record Selected(boolean exists, @Nullable String text) {}

    /**
     * @param sizeMost how complex a regular expression may be
     * @throws TextPattern.Unusable if the constraints can't be understood; the message says why
     */
    public static AgentConstraints of(@Nullable OfferConstraints constraints, int sizeMost) {
        if (constraints == null || constraints.roleConstraints().isEmpty()) {
            return NONE;
        }
        SequencedMap<String, List<Group>> byRole = new LinkedHashMap<>();
        constraints
                .roleConstraints()
                .forEach((role, ofRole) -> byRole.put(
                        role,
                        ofRole.groups().stream()
                                .map(group -> new Group(group.attributeConstraints().stream()
                                        .map(constraint -> condition(constraint, sizeMost))
                                        .toList()))
                                .toList()));
        return new AgentConstraints(byRole);
    }

    /** Whether the framework wants that agent for {@code role}. */
    public boolean admit(String role, AgentInfo agent) {
        List<Group> groups = byRole.get(role);
        return groups == null || groups.isEmpty() || groups.stream().anyMatch(group -> group.holds(agent));
    }

    private static Condition condition(AttributeConstraint constraint, int sizeMost) {
        Predicate predicate = constraint.predicate();
        String regex = predicate.textMatches() != null
                ? predicate.textMatches().regex()
                : predicate.textNotMatches() != null
                        ? predicate.textNotMatches().regex()
                        : null;
        TextPattern pattern = regex == null ? null : TextPattern.of(regex, sizeMost);
        return new Condition(constraint.selector(), predicate, pattern);
    }

    private static Selected select(Selector selector, AgentInfo agent) {
        if (selector.pseudoattributeType() == null) {
            return attribute(selector.attributeName(), agent);
        }
        return switch (selector.pseudoattributeType()) {
            case HOSTNAME -> new Selected(true, agent.hostname());
            case REGION -> ofDomain(region(agent.domain()));
            case ZONE -> ofDomain(zone(agent.domain()));
            case UNKNOWN -> new Selected(false, null);
        };
    }

    private static Selected attribute(@Nullable String name, AgentInfo agent) {
        for (Attribute attribute : agent.attributes()) {
            if (attribute.name().equals(name)) {
                Value.Text text = attribute.type() == Value.Type.TEXT ? attribute.text() : null;
                return new Selected(true, text == null ? null : text.value());
            }
        }
        return new Selected(false, null);
    }

    private static Selected ofDomain(Optional<String> name) {
        return new Selected(name.isPresent(), name.orElse(null));
    }

    /** The region that a domain names; empty if it names none. */
    public static Optional<String> region(@Nullable DomainInfo domain) {
        DomainInfo.FaultDomain fault = domain == null ? null : domain.faultDomain();
        return fault == null ? Optional.empty() : Optional.of(fault.region().name());
    }

    private static Optional<String> zone(@Nullable DomainInfo domain) {
        DomainInfo.FaultDomain fault = domain == null ? null : domain.faultDomain();
        return fault == null ? Optional.empty() : Optional.of(fault.zone().name());
    }
}
