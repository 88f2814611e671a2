/**
 * What the agent asks of whatever runs containers: launch, wait, kill, usage, recover. Knows processes and sandboxes,
 * not tasks, executors or status updates: those are the core's.
 */
@NullMarked
package org.nucleus.agent.containerizer;

import org.jspecify.annotations.NullMarked;
