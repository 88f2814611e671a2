/** Who asks the agent for something, and what the access rules let them do. */
@NullMarked
package org.nucleus.agent.access;

import org.jspecify.annotations.NullMarked;
