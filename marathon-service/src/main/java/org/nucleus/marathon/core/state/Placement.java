package org.nucleus.marathon.core.state;

import java.util.List;

/**
 * Where instances may go.
 *
 * @param acceptedResourceRoles empty: unreserved ones and those reserved for {@code role}
 */
public record Placement(List<Constraint> constraints, List<String> acceptedResourceRoles, String role) {
    public Placement {
        constraints = List.copyOf(constraints);
        acceptedResourceRoles = List.copyOf(acceptedResourceRoles);
    }

    public boolean accepts(String resourceRole) {
        return acceptedResourceRoles.isEmpty()
                ? resourceRole.equals("*") || resourceRole.equals(role)
                : acceptedResourceRoles.contains(resourceRole);
    }
}
