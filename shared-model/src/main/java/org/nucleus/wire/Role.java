package org.nucleus.wire;

import java.util.List;

/** {@code Role}. Source: v1/mesos.proto. */
public record Role(String name, double weight, List<FrameworkId> frameworks, List<Resource> resources) {
    public Role {
        frameworks = List.copyOf(frameworks);
        resources = List.copyOf(resources);
    }
}
