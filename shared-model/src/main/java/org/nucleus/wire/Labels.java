package org.nucleus.wire;

import java.util.List;

/** {@code Labels}. Source: v1/mesos.proto. */
public record Labels(List<Label> labels) {
    public Labels {
        labels = List.copyOf(labels);
    }
}
