package org.nucleus.chronos.core.launch;

import java.util.List;
import org.nucleus.chronos.core.state.Constraint;
import org.nucleus.chronos.core.state.JobSpec;
import org.nucleus.wire.Attribute;
import org.nucleus.wire.Offer;
import org.nucleus.wire.Value;

/** Whether an agent is one that a job wants. Source: constraints of chronos, EqualsConstraint and siblings. */
public final class OfferMatcher {
    private static final String HOSTNAME = "hostname";

    private OfferMatcher() {}

    public static boolean satisfies(Offer offer, JobSpec job) {
        return job.constraints().stream().allMatch(constraint -> satisfies(offer, constraint));
    }

    /** An attribute named {@code hostname} is looked at first; without one it means the agent's host name. */
    private static boolean satisfies(Offer offer, Constraint constraint) {
        List<Attribute> named = offer.attributes().stream()
                .filter(attribute -> attribute.name().equals(constraint.attribute()))
                .toList();
        if (named.isEmpty() && constraint.attribute().equals(HOSTNAME)) {
            return holds(constraint, List.of(offer.hostname()));
        }
        if (constraint.operator() == Constraint.Operator.UNLIKE) {
            return named.stream().allMatch(attribute -> holds(constraint, texts(attribute)));
        }
        return named.stream().anyMatch(attribute -> holds(constraint, texts(attribute)));
    }

    private static boolean holds(Constraint constraint, List<String> texts) {
        return switch (constraint.operator()) {
            case EQUALS, LIKE ->
                texts.stream()
                        .anyMatch(text -> constraint.pattern().matcher(text).matches());
            case UNLIKE ->
                texts.stream()
                        .noneMatch(text -> constraint.pattern().matcher(text).matches());
        };
    }

    private static List<String> texts(Attribute attribute) {
        return switch (attribute.type()) {
            case TEXT ->
                attribute.text() == null ? List.of() : List.of(attribute.text().value());
            case SCALAR -> attribute.scalar() == null ? List.of() : List.of(number(attribute.scalar()));
            case SET -> attribute.set() == null ? List.of() : attribute.set().item();
            case RANGES -> List.of();
        };
    }

    private static String number(Value.Scalar scalar) {
        double value = scalar.value();
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
