package org.nucleus.wire;

import java.util.List;

/** {@code TaskResourceLimitation}. Source: v1/mesos.proto. */
public record TaskResourceLimitation(List<Resource> resources) {
    public TaskResourceLimitation {
        resources = List.copyOf(resources);
    }
}
