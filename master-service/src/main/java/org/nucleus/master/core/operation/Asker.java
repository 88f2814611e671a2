package org.nucleus.master.core.operation;

import org.jspecify.annotations.Nullable;
import org.nucleus.access.Grants;
import org.nucleus.master.core.state.Framework;

/**
 * Who wants an operation.
 *
 * @param framework absent for an operator
 * @param principal of the framework or operator, if it has one
 */
record Asker(@Nullable Framework framework, @Nullable String principal, Grants grants) {}
