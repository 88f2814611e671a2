package org.nucleus.marathon.core.launch;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.wire.Attribute;

/**
 * Whether an agent may take one more instance, given where the placed ones are. A field that the agent lacks matches
 * nothing but UNLIKE. Source: mesos.Constraints; GROUP_BY without a number spreads over the values seen so far.
 */
public final class Constraints {
    private static final double SCALAR_TOLERANCE = 0.001;

    private Constraints() {}

    public static boolean allow(List<Constraint> constraints, AgentFields agent, List<AgentFields> placed) {
        return constraints.stream().allMatch(constraint -> allows(constraint, agent, placed));
    }

    static boolean allows(Constraint constraint, AgentFields agent, List<AgentFields> placed) {
        Optional<String> found = agent.value(constraint.field());
        if (found.isEmpty()) {
            return constraint.operator() == Constraint.Operator.UNLIKE;
        }
        String value = found.get();
        return switch (constraint.operator()) {
            case UNIQUE -> count(constraint.field(), value, placed) == 0;
            case MAX_PER -> count(constraint.field(), value, placed) < Integer.parseInt(wanted(constraint));
            case CLUSTER -> inCluster(constraint, value, placed);
            case GROUP_BY -> keepsBalance(constraint, value, placed);
            case LIKE -> Pattern.matches(wanted(constraint), value);
            case UNLIKE -> !Pattern.matches(wanted(constraint), value);
            case IS -> is(constraint, value, agent);
        };
    }

    private static boolean inCluster(Constraint constraint, String value, List<AgentFields> placed) {
        if (!wanted(constraint).isEmpty()) {
            return value.equals(wanted(constraint));
        }
        return placed.isEmpty()
                || placed.getFirst()
                        .value(constraint.field())
                        .filter(value::equals)
                        .isPresent();
    }

    /** One more on {@code value} may not put it ahead of the emptiest of the values that count. */
    private static boolean keepsBalance(Constraint constraint, String value, List<AgentFields> placed) {
        SequencedMap<String, Integer> counts = new TreeMap<>();
        for (AgentFields one : placed) {
            one.value(constraint.field()).ifPresent(at -> counts.merge(at, 1, Integer::sum));
        }
        int groups = wanted(constraint).isEmpty() ? counts.size() : Integer.parseInt(wanted(constraint));
        Integer here = counts.get(value);
        if (here == null) {
            return wanted(constraint).isEmpty() || counts.size() < groups;
        }
        if (counts.size() < groups) {
            return false;
        }
        int least = counts.values().stream().min(Integer::compare).orElse(0);
        return here <= least;
    }

    private static boolean is(Constraint constraint, String value, AgentFields agent) {
        Double number = agent.attribute(constraint.field())
                .map(Attribute::scalar)
                .map(scalar -> scalar.value())
                .orElse(null);
        if (number == null) {
            return value.equals(wanted(constraint));
        }
        try {
            return Math.abs(number - Double.parseDouble(wanted(constraint))) <= SCALAR_TOLERANCE;
        } catch (NumberFormatException e) {
            return false; // a text never equals a number
        }
    }

    private static long count(String field, String value, List<AgentFields> placed) {
        return placed.stream()
                .filter(one -> one.value(field).filter(value::equals).isPresent())
                .count();
    }

    private static String wanted(Constraint constraint) {
        return constraint.value() == null ? "" : constraint.value();
    }
}
