/**
 * Containers that operators and executors start through the agent's API: inside a task's or an executor's container, or
 * standing alone. They are this process's only; the next one ends what it finds of them.
 */
@NullMarked
package org.nucleus.agent.nested;

import org.jspecify.annotations.NullMarked;
