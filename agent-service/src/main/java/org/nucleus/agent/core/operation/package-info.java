/** Rules for operations on the agent's resources: apply them, remember what they made, tell their end. */
@NullMarked
package org.nucleus.agent.core.operation;

import org.jspecify.annotations.NullMarked;
