package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/**
 * A rule about a field of the agents that instances run on: its hostname, region, zone or an attribute.
 *
 * @param soft whether an agent that breaks the rule is taken all the same once no better one was offered for a while
 */
public record Constraint(
        String field, Operator operator, @Nullable String value, boolean soft) {
    public Constraint(String field, Operator operator, @Nullable String value) {
        this(field, operator, value, false);
    }

    /** The seven comparisons of the original, and one that spreads over all values that offers have shown. */
    public enum Operator {
        UNIQUE,
        CLUSTER,
        GROUP_BY,
        LIKE,
        MAX_PER,
        UNLIKE,
        IS,
        SPREAD
    }
}
