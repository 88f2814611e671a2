package org.nucleus.wire;

import java.util.List;

/** {@code Parameters}. Source: v1/mesos.proto. */
public record Parameters(List<Parameter> parameter) {
    public Parameters {
        parameter = List.copyOf(parameter);
    }
}
