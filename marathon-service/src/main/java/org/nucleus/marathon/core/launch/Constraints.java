package org.nucleus.marathon.core.launch;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.nucleus.marathon.core.state.AgentFields;
import org.nucleus.marathon.core.state.Constraint;
import org.nucleus.wire.Attribute;

/**
 * Whether an agent may take one more instance, given where the placed ones are. A field that the agent lacks matches
 * nothing but UNLIKE. Source: mesos.Constraints; GROUP_BY without a number spreads over the values seen so far.
 *
 * @param placed where the other instances are
 * @param seen agents that offers came from: the values over which SPREAD spreads
 * @param instances how many there shall be
 */
record Constraints(List<AgentFields> placed, Collection<AgentFields> seen, int instances) {
    private static final double SCALAR_TOLERANCE = 0.001;

    /** The first of {@code constraints}, soft ones aside, that speaks against {@code agent}. */
    Optional<Constraint> broken(List<Constraint> constraints, AgentFields agent) {
        return constraints.stream()
                .filter(constraint -> !constraint.soft() && !allow(constraint, agent))
                .findFirst();
    }

    /** How many of the soft ones speak against {@code agent}. */
    int wishesBroken(List<Constraint> constraints, AgentFields agent) {
        return (int) constraints.stream()
                .filter(constraint -> constraint.soft() && !allow(constraint, agent))
                .count();
    }

    boolean allow(Constraint constraint, AgentFields agent) {
        Optional<String> found = agent.value(constraint.field());
        if (found.isEmpty()) {
            return constraint.operator() == Constraint.Operator.UNLIKE;
        }
        String value = found.get();
        return switch (constraint.operator()) {
            case UNIQUE -> count(constraint.field(), value) == 0;
            case MAX_PER -> count(constraint.field(), value) < Integer.parseInt(wanted(constraint));
            case CLUSTER -> inCluster(constraint, value);
            case GROUP_BY -> keepsBalance(constraint, value);
            case SPREAD -> keepsSpread(constraint.field(), value);
            case LIKE -> Pattern.matches(wanted(constraint), value);
            case UNLIKE -> !Pattern.matches(wanted(constraint), value);
            case IS -> is(constraint, value, agent);
        };
    }

    /** No value that an offer has shown may have fewer. */
    private boolean keepsSpread(String field, String value) {
        long here = count(field, value);
        return here == 0
                || seen.stream()
                        .flatMap(agent -> agent.value(field).stream())
                        .distinct()
                        .allMatch(other -> count(field, other) >= here);
    }

    private boolean inCluster(Constraint constraint, String value) {
        if (!wanted(constraint).isEmpty()) {
            return value.equals(wanted(constraint));
        }
        return placed.isEmpty()
                || placed.getFirst()
                        .value(constraint.field())
                        .filter(value::equals)
                        .isPresent();
    }

    /**
     * With a number of groups, each value takes an equal part of all instances, and as many values one more as are left
     * over; no further value is used. Without one, no value may get ahead of the emptiest of those that are used.
     */
    private boolean keepsBalance(Constraint constraint, String value) {
        SequencedMap<String, Integer> counts = new TreeMap<>();
        for (AgentFields one : placed) {
            one.value(constraint.field()).ifPresent(at -> counts.merge(at, 1, Integer::sum));
        }
        Integer here = counts.get(value);
        if (wanted(constraint).isEmpty()) {
            int least = counts.values().stream().min(Integer::compare).orElse(0);
            return here == null || here <= least;
        }
        int groups = Math.max(1, Integer.parseInt(wanted(constraint)));
        int share = instances / groups;
        long ahead = counts.values().stream().filter(count -> count > share).count();
        boolean oneMore = ahead < instances % groups;
        int count = here == null ? 0 : here;
        return (here != null || counts.size() < groups) && (count < share || count == share && oneMore);
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

    private long count(String field, String value) {
        return placed.stream()
                .filter(one -> one.value(field).filter(value::equals).isPresent())
                .count();
    }

    private static String wanted(Constraint constraint) {
        return constraint.value() == null ? "" : constraint.value();
    }
}
