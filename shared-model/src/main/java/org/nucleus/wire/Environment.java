package org.nucleus.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code Environment}. Source: v1/mesos.proto. */
public record Environment(List<Environment.Variable> variables) {
    public Environment {
        variables = List.copyOf(variables);
    }

    /** {@code Environment.Variable}. Source: v1/mesos.proto. */
    public record Variable(
            String name,
            Environment.Variable.Type type,
            @Nullable String value,
            @Nullable Secret secret) {

        /** {@code Environment.Variable.Type}. Source: v1/mesos.proto. */
        public enum Type {
            UNKNOWN,
            VALUE,
            SECRET
        }
    }
}
