package org.nucleus.marathon.core.state;

import org.jspecify.annotations.Nullable;

/** A rule about a field of the agents that instances run on: its hostname, region, zone or an attribute. */
public record Constraint(
        String field, Operator operator, @Nullable String value) {
    /** The seven comparisons. */
    public enum Operator {
        UNIQUE,
        CLUSTER,
        GROUP_BY,
        LIKE,
        MAX_PER,
        UNLIKE,
        IS
    }
}
