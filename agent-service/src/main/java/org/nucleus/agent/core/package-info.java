/**
 * The agent's deterministic core: inputs in, durable changes and effects out. It knows no clock, no process, no
 * network and no disk; the simulation runs it as it is.
 */
@NullMarked
package org.nucleus.agent.core;

import org.jspecify.annotations.NullMarked;
