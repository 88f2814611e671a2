/** Rules for a task's life on this agent: accepted, started, killed, ended. */
@NullMarked
package org.nucleus.agent.core.task;

import org.jspecify.annotations.NullMarked;
