/** The directories of persistent volumes, which outlive tasks, executors and the agent's process. */
@NullMarked
package org.nucleus.agent.volume;

import org.jspecify.annotations.NullMarked;
