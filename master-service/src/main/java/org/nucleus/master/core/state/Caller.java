package org.nucleus.master.core.state;

import org.jspecify.annotations.Nullable;
import org.nucleus.access.Grants;

/**
 * Who sends an input.
 *
 * @param principal as authenticated; absent where authentication isn't asked for
 * @param grants what the access rules let this caller do
 */
public record Caller(@Nullable String principal, Grants grants) {}
