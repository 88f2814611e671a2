package org.nucleus.master.view;

import java.util.List;

/**
 * What the flags say of roles.
 *
 * @param only the only roles that may be used; empty for any
 */
public record ConfiguredRoles(List<String> only) {
    public ConfiguredRoles {
        only = List.copyOf(only);
    }
}
