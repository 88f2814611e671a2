/**
 * Containers as plain processes: a supervisor shell per container, started by {@code posix_spawn} and independent of
 * the agent's life, and a directory per container that says what became of it. Knows nothing of tasks.
 */
@NullMarked
package org.nucleus.agent.containerizer.process;

import org.jspecify.annotations.NullMarked;
