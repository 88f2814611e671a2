/** Executors' side of the agent: their calls that wait for the core's answer, and their streams. */
@NullMarked
package org.nucleus.agent.executorlink;

import org.jspecify.annotations.NullMarked;
