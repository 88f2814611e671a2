/** Rules for the agent's own end: dismissed by the master, or its machine going away. */
@NullMarked
package org.nucleus.agent.core.shutdown;

import org.jspecify.annotations.NullMarked;
