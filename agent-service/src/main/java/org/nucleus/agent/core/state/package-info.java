/**
 * What the agent's core is told, what it knows, decides and wants done. Knows the wire's records and nothing of the
 * edge.
 */
@NullMarked
package org.nucleus.agent.core.state;

import org.jspecify.annotations.NullMarked;
