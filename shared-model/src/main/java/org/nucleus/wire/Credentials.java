package org.nucleus.wire;

import java.util.List;

/** {@code Credentials}. Source: v1/mesos.proto. */
public record Credentials(List<Credential> credentials) {
    public Credentials {
        credentials = List.copyOf(credentials);
    }
}
